import { overview } from '@cyclorama/shared/environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';

import { api } from './http.ts';
import { keys } from './keys.ts';

/** What the first page shows and the shell names the environment by; read again when the stream tells of changes. */
export const overviewQuery = queryOptions({
  queryKey: keys.overview,
  queryFn: ({ signal }) => api.get(paths.overview(), overview, { signal }),
});
