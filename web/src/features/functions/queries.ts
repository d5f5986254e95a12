import { durationsResponse, functionsResponse } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';

import { api } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';

export const functionsQuery = queryOptions({
  queryKey: keys.functions,
  queryFn: ({ signal }) => api.get(paths.functions(), functionsResponse, { signal }),
});

export const durationsQuery = (containerId: string) =>
  queryOptions({
    queryKey: [...keys.functions, 'durations', containerId],
    queryFn: ({ signal }) => api.get(paths.functionDurations(containerId), durationsResponse, { signal }),
  });
