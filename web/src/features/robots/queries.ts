import { paths } from '@cyclorama/shared/paths.ts';
import { booking, bookingsResponse, deploymentsResponse } from '@cyclorama/shared/robots.ts';
import type { BookingRequest } from '@cyclorama/shared/robots.ts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { useChange } from '../../api/use-change.ts';

export type BookingFilter = 'open' | 'ended' | 'all';

export const deploymentsQuery = queryOptions({
  queryKey: [...keys.deployments, {}],
  queryFn: ({ signal }) => api.get(paths.deployments(), deploymentsResponse, { signal }),
});

export const bookingsQuery = (state: BookingFilter) =>
  queryOptions({
    queryKey: [...keys.bookingLists, state],
    queryFn: ({ signal }) => api.get(withQuery(paths.bookings(), { state }), bookingsResponse, { signal }),
  });

export const bookingQuery = (id: string) =>
  queryOptions({
    queryKey: keys.booking(id),
    queryFn: ({ signal }) => api.get(paths.booking(id), booking, { signal }),
  });

/** The response is the booking as stored, whatever its state by then. */
export function useBook() {
  const refresh = useRefresh();
  return useChange({
    change: (body: BookingRequest, key) => api.post(paths.bookings(), body, booking, { key }),
    onSettled: refresh,
  });
}

export function useTerminate(id: string) {
  const refresh = useRefresh();
  return useChange({
    change: () => api.post(paths.bookingTerminate(id), {}, booking),
    onSettled: refresh,
  });
}

export function useCancel(id: string) {
  const refresh = useRefresh();
  return useChange({
    change: () => api.post(paths.bookingCancel(id), {}, booking),
    onSettled: refresh,
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.bookings }),
      client.invalidateQueries({ queryKey: keys.deployments }),
    ]);
}
