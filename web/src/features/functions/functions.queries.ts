import { claimsResponse, durationsResponse, functionsResponse } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions, useQuery } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { useNow } from '../../lib/now.ts';

const CLOCK_HOLDS_MS = 10 * 60_000;

/** The pools of all function containers. */
export const functionsQuery = queryOptions({
  queryKey: keys.functions,
  queryFn: ({ signal }) => api.get(paths.functions(), functionsResponse, { signal }),
});

/** How long the ended claims of one function took. */
export const durationsQuery = (containerId: string) =>
  queryOptions({
    queryKey: [...keys.functions, 'durations', containerId],
    queryFn: ({ signal }) => api.get(paths.functionDurations(containerId), durationsResponse, { signal }),
  });

const clockQuery = queryOptions({
  queryKey: keys.clock,
  queryFn: async ({ signal }) => {
    const path = withQuery(paths.claims(), { state: 'open', limit: 1 });
    const { serverTime } = await api.get(path, claimsResponse, { signal });
    return Date.parse(serverTime) - Date.now();
  },
  staleTime: CLOCK_HOLDS_MS,
});

/** How far the server's clock is ahead of this browser's, in milliseconds; 0 until the server was heard. */
export const useClockAhead = (): number => useQuery(clockQuery).data ?? 0;

/** The server's time in epoch milliseconds, renewed every second: deadlines are counted on the server's clock. */
export function useServerNow(): number {
  const now = useNow();
  return now + useClockAhead();
}
