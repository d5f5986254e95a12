import { networkDetail } from '@cyclorama/shared/infrastructure.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';

export const networkQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.networks, id],
    queryFn: ({ signal }) => api.get(paths.network(id), networkDetail, { signal }),
    refetchInterval: 30_000,
  });
