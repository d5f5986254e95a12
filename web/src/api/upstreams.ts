import { upstreamsResponse } from '@cyclorama/shared/common.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions, useQuery } from '@tanstack/react-query';

import { api } from './http.ts';
import { keys } from './keys.ts';

export const upstreamsQuery = queryOptions({
  queryKey: keys.upstreams,
  queryFn: ({ signal }) => api.get(paths.upstreams(), upstreamsResponse, { signal }),
  staleTime: 60_000,
});

export const useUpstreams = () => useQuery(upstreamsQuery);
