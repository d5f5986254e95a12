import type { Booking } from '@cyclorama/shared/robots.ts';
import { holdsRobot, isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';

import { parseTime } from '../../../lib/time.ts';

export function holdersAndWaiters(bookings: readonly Booking[]): { holding: Booking[]; waiting: Booking[] } {
  const since = (booking: Booking) => parseTime(booking.startedAt ?? booking.requestedAt) ?? 0;
  const byTime = (a: Booking, b: Booking) => since(a) - since(b) || a.id.localeCompare(b.id);
  return {
    holding: bookings.filter(holdsRobot).toSorted(byTime),
    waiting: bookings.filter(({ state }) => state === 'queued' || state === 'requested').toSorted(byTime),
  };
}

export function openOf(bookings: readonly Booking[], owner: string): number {
  return bookings.filter((booking) => booking.owner === owner && isOpenBooking(booking)).length;
}

export function knownPeople(bookings: readonly Booking[], except: string | null): string[] {
  const names = bookings.flatMap(({ owner }) => (owner === null || owner === except ? [] : [owner]));
  return [...new Set(names)].toSorted();
}
