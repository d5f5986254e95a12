import { servicesResponse } from '@cyclorama/shared/infrastructure.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';

export const servicesQuery = queryOptions({
  queryKey: keys.services,
  queryFn: ({ signal }) => api.get(paths.services(), servicesResponse, { signal }),
  refetchInterval: 30_000,
});
