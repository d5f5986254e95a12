import type { Booking } from '@cyclorama/shared/robots.ts';
import { holdsRobot, isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';

import { parseTime } from '../../../lib/time.ts';

/** Who holds a robot, the longest first, and who waits, the first come first. */
export function holdersAndWaiters(bookings: readonly Booking[]): { holding: Booking[]; waiting: Booking[] } {
  const since = (booking: Booking) => parseTime(booking.startedAt ?? booking.requestedAt) ?? 0;
  const byTime = (a: Booking, b: Booking) => since(a) - since(b) || a.id.localeCompare(b.id);
  return {
    holding: bookings.filter(holdsRobot).toSorted(byTime),
    waiting: bookings.filter(({ state }) => state === 'queued' || state === 'requested').toSorted(byTime),
  };
}

/** How many bookings a person has open. */
export function openOf(bookings: readonly Booking[], owner: string): number {
  return bookings.filter((booking) => booking.owner === owner && isOpenBooking(booking)).length;
}

/** The names of those who booked lately, to choose from, without the one who asks. */
export function knownPeople(bookings: readonly Booking[], except: string | null): string[] {
  const names = bookings.flatMap(({ owner }) => (owner === null || owner === except ? [] : [owner]));
  return [...new Set(names)].toSorted();
}
