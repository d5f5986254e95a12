import { overview } from '@cyclorama/shared/environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';

import { api } from './http.ts';
import { keys } from './keys.ts';

/** The overview page's data and the environment's name in the shell; read again when the stream reports changes. */
export const overviewQuery = queryOptions({
  queryKey: keys.overview,
  queryFn: ({ signal }) => api.get(paths.overview(), overview, { signal }),
});
