import { AppError } from '../../../../lib/errors.ts';
import type { Person } from '../../../../lib/person.ts';
import type { BookingRow } from '../../../../store/bookings.ts';

/**
 * Throws AppError `forbidden`, in a sentence that names the owner, where the person may not act on a booking: only its
 * owner and any admin may. rerobots itself checks nobody ("rerobots API", as observed).
 */
export function checkMayActOn(booking: Pick<BookingRow, 'owner'>, person: Person): void {
  if (person.role === 'admin' || (booking.owner !== null && booking.owner === person.name)) return;
  const why =
    booking.owner === null
      ? 'Nobody here made this booking; only an admin may act on it.'
      : `This booking belongs to ${booking.owner}; only they or an admin may act on it.`;
  throw new AppError('forbidden', why);
}
