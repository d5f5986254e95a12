import { paths } from '@cyclorama/shared/paths.ts';
import { bookingsResponse, deploymentsResponse } from '@cyclorama/shared/robots.ts';
import { latestResponse } from '@cyclorama/shared/telemetry.ts';
import type { Measure } from '@cyclorama/shared/telemetry.ts';
import { pinsResponse, savedView, viewsResponse } from '@cyclorama/shared/views.ts';
import type { ViewRequest } from '@cyclorama/shared/views.ts';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';

import { api, withQuery } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import { useChange } from '../../../api/use-change.ts';
import { useMoment } from '../../../lib/moment.ts';
import { toRobotSources } from './graph/robots.ts';
import type { RobotSource } from './graph/robots.ts';

// The same keys as of the pages of robots: what one has read, the other shows.
const robotsQuery = queryOptions({
  queryKey: [...keys.deployments, {}],
  queryFn: ({ signal }) => api.get(paths.deployments(), deploymentsResponse, { signal }),
});
const bookingsQuery = queryOptions({
  queryKey: [...keys.bookingLists, 'open'],
  queryFn: ({ signal }) =>
    api.get(withQuery(paths.bookings(), { state: 'open' }), bookingsResponse, { signal }),
});

/** Empty until both are read, in the past, and where robots can't be read: the environment is shown without them. */
export function useRobotSources(): readonly RobotSource[] {
  const { data: robots } = useQuery(robotsQuery);
  const { data: bookings } = useQuery(bookingsQuery);
  const isNow = useMoment() === null;
  return useMemo(
    () =>
      robots === undefined || bookings === undefined || !isNow
        ? none
        : toRobotSources(robots.deployments, bookings.bookings),
    [robots, bookings, isNow],
  );
}
const none: readonly RobotSource[] = [];

/** What each instance uses now; read again with each round of samples, like every query of telemetry. */
export const latestQuery = (measure: Measure) =>
  queryOptions({
    queryKey: [...keys.telemetry, 'latest', measure],
    queryFn: ({ signal }) =>
      api.get(withQuery(paths.latestTelemetry(), { measure }), latestResponse, { signal }),
  });

const viewsQuery = queryOptions({
  queryKey: keys.views,
  queryFn: ({ signal }) => api.get(paths.views(), viewsResponse, { signal }),
});
export const useViews = () => useQuery(viewsQuery);

export function useSaveView(onSaved: () => void) {
  const client = useQueryClient();
  return useChange({
    change: (body: ViewRequest, key) => api.post(paths.views(), body, savedView, { key }),
    onSuccess: async () => {
      onSaved();
      await client.invalidateQueries({ queryKey: keys.views });
    },
  });
}

export function useDeleteView() {
  const client = useQueryClient();
  return useChange({
    change: (id: string) => api.delete(paths.view(id)),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.views }),
  });
}

const pinsQuery = queryOptions({
  queryKey: keys.pins,
  queryFn: ({ signal }) => api.get(paths.pins(), pinsResponse, { signal }),
});
/** Empty until they are read. */
export function usePins(): ReadonlySet<string> {
  const { data } = useQuery(pinsQuery);
  return useMemo(() => new Set(data?.pins), [data]);
}

/** Not longer: a list without its pins is better than none. */
const PINS_AWAITED_MS = 1500;

/** A list waits for its pins, since rows that are shown don't move to another group. */
export function useArePinsAwaited(): boolean {
  const { isPending, failureCount, fetchStatus } = useQuery(pinsQuery);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), PINS_AWAITED_MS);
    return () => clearTimeout(timer);
  }, []);
  return isPending && !isOver && failureCount === 0 && fetchStatus !== 'paused';
}

export function usePin(id: string) {
  const client = useQueryClient();
  return useChange({
    change: (pinned: boolean) => (pinned ? api.put(paths.pin(id), {}) : api.delete(paths.pin(id))),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.pins }),
  });
}
