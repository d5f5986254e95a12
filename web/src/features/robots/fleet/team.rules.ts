import type { Booking } from '@cyclorama/shared/robots.ts';

import { parseTime } from '../../../lib/time.ts';
import { isOpen } from '../rules.ts';

const holds: readonly Booking['state'][] = ['starting', 'ready', 'terminating'];

/** Who holds a robot, the longest first, and who waits, the first come first. */
export function holdersAndWaiters(bookings: readonly Booking[]): { holding: Booking[]; waiting: Booking[] } {
  const since = (booking: Booking) => parseTime(booking.startedAt ?? booking.requestedAt) ?? 0;
  const byTime = (a: Booking, b: Booking) => since(a) - since(b) || a.id.localeCompare(b.id);
  return {
    holding: bookings.filter(({ state }) => holds.includes(state)).toSorted(byTime),
    waiting: bookings.filter(({ state }) => state === 'queued' || state === 'requested').toSorted(byTime),
  };
}

/** How many bookings a person has open. */
export function openOf(bookings: readonly Booking[], owner: string): number {
  return bookings.filter((booking) => booking.owner === owner && isOpen(booking)).length;
}

/** Why a person may book no more, or null where they may; admins have no quota. */
export function quotaRefusal(
  bookings: readonly Booking[],
  person: { name: string; role: string },
  quota: number | null,
): string | null {
  if (quota === null || person.role === 'admin') return null;
  const open = openOf(bookings, person.name);
  if (open < quota) return null;
  return `You have ${open} of ${quota} bookings open: give one back before you book another`;
}

/** The names of those who booked lately, to choose from, without the one who asks. */
export function knownPeople(bookings: readonly Booking[], except: string | null): string[] {
  const names = bookings.flatMap(({ owner }) => (owner === null || owner === except ? [] : [owner]));
  return [...new Set(names)].toSorted();
}
