import type { Booking } from '@cyclorama/shared/robots.ts';
import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';

import { bookingName } from '../names.rules.ts';
import { timeWarning } from './booking-end.rules.ts';
import type { TimeWarning } from './booking-end.rules.ts';

export type News = {
  bookingId: string;
  kind: 'success' | 'error' | 'info';
  title: string;
  text: string;
  /** Text for the tab's title until the booking is opened; null if not urgent. */
  badge: string | null;
};

/** Changes between two reads of the user's own bookings that they should hear of on any page. */
export function newsBetween(
  before: readonly Booking[],
  after: readonly Booking[],
  /** The dialog that asked is open and shows a refusal itself. */
  isBookDialogOpen = false,
): News[] {
  const old = new Map(before.map((booking) => [booking.id, booking]));
  return after.flatMap((booking) => {
    const state = old.get(booking.id)?.state;
    // A new booking is not reported: its owner made it just now, and saw the result.
    if (state === undefined || state === booking.state) return [];
    return isBookDialogOpen && booking.state === 'refused' ? [] : newsOf(state, booking);
  });
}

function newsOf(before: Booking['state'], booking: Booking): News[] {
  const name = bookingName(booking);
  const news = (kind: News['kind'], title: string, text: string, badge: string | null): News[] => [
    { bookingId: booking.id, kind, title, text, badge },
  ];
  const why = booking.failure?.message;
  switch (booking.state) {
    case 'ready':
      return news('success', `${name} is ready`, 'Open its page to connect.', `Ready: ${name}`);
    case 'starting':
      if (!isOpenBooking({ state: before }))
        return news('info', `${name} is back`, 'rerobots shows its robot again.', `Back: ${name}`);
      if (before !== 'queued') return [];
      return news('info', `${name} is yours`, 'The robot is starting.', `Starting: ${name}`);
    case 'failed':
      return news('error', `${name} did not start`, why ?? 'It holds no robot.', `Failed: ${name}`);
    case 'refused':
      return news('error', `${name} was refused`, why ?? 'Nothing was booked.', `Refused: ${name}`);
    case 'lost':
      return news('error', `${name} is lost`, why ?? 'rerobots no longer lists it.', `Lost: ${name}`);
    case 'cancelled':
      return news('info', `The reservation of ${name} is over`, why ?? 'You left the queue.', null);
    case 'terminated':
      return news('info', `${name} has ended`, why ?? 'Open its page for a summary.', null);
    default:
      return [];
  }
}

export function dueWarnings(
  bookings: readonly Booking[],
  now: number,
  shown: ReadonlySet<string>,
): { key: string; warning: TimeWarning; booking: Booking }[] {
  return bookings.flatMap((booking) => {
    const warning = timeWarning(booking, now);
    const key = `${booking.id} ${warning} ${booking.endsAt}`;
    return warning === null || shown.has(key) ? [] : [{ key, warning, booking }];
  });
}
