import { paths } from '@cyclorama/shared/paths.ts';
import { booking, bookingsResponse, deploymentsResponse } from '@cyclorama/shared/robots.ts';
import type { BookingRequest } from '@cyclorama/shared/robots.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';

export type BookingFilter = 'open' | 'ended' | 'all';

/** All robots of the account; the page searches among them. */
export const deploymentsQuery = queryOptions({
  queryKey: [...keys.deployments, {}],
  queryFn: ({ signal }) => api.get(paths.deployments(), deploymentsResponse, { signal }),
});

/** Everybody's bookings, and what runs on the account without having been booked here. */
export const bookingsQuery = (state: BookingFilter) =>
  queryOptions({
    queryKey: [...keys.bookingLists, state],
    queryFn: ({ signal }) => api.get(withQuery(paths.bookings(), { state }), bookingsResponse, { signal }),
  });

/** One booking. */
export const bookingQuery = (id: string) =>
  queryOptions({
    queryKey: keys.booking(id),
    queryFn: ({ signal }) => api.get(paths.booking(id), booking, { signal }),
  });

/** Books a robot, or any of a type. The answer is the booking as the server keeps it, wherever it has got to. */
export function useBook() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: BookingRequest) => api.post(paths.bookings(), body, booking),
    onSettled: refresh,
  });
}

/** Ends a booking's instance, or has it ended later where it can't be ended yet. */
export function useTerminate(id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => api.post(paths.bookingTerminate(id), {}, booking),
    onSettled: refresh,
  });
}

/** Leaves the queue. */
export function useCancel(id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => api.post(paths.bookingCancel(id), {}, booking),
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
