import { capacity } from '@cyclorama/shared/environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { topResponse } from '@cyclorama/shared/telemetry.ts';
import { queryOptions } from '@tanstack/react-query';

import { api, withQuery } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';

const HOUR_MS = 3_600_000;
/** It is counted once a minute. */
const CAPACITY_MS = 60_000;
const SHOWN = 5;

export const topQuery = (measure: 'cpu' | 'memory') =>
  queryOptions({
    queryKey: [...keys.telemetry, 'top', measure],
    queryFn: ({ signal }) =>
      api.get(withQuery(paths.topTelemetry(), { measure, limit: SHOWN, windowMs: HOUR_MS }), topResponse, {
        signal,
      }),
  });

export const capacityQuery = queryOptions({
  queryKey: keys.capacity,
  queryFn: ({ signal }) => api.get(paths.environmentCapacity(), capacity, { signal }),
  refetchInterval: CAPACITY_MS,
});
