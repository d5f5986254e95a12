import { containerDetail } from '@cyclorama/shared/environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';

export const containerQuery = (id: string) =>
  queryOptions({
    queryKey: keys.container(id),
    queryFn: ({ signal }) => api.get(paths.container(id), containerDetail, { signal }),
  });
