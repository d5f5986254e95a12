import { AppError } from '../../errors.ts';
import type { Person } from '../../http/route.ts';
import type { BookingRow } from '../../store/bookings.ts';

/** True where the person may act on a booking: its owner, or any admin. The rerobots server itself checks nobody. */
export function mayActOn(booking: Pick<BookingRow, 'owner'>, person: Person): boolean {
  return person.role === 'admin' || (booking.owner !== null && booking.owner === person.name);
}

/** Throws AppError `forbidden`, in a sentence that names the owner, where the person may not act on the booking. */
export function checkMayActOn(booking: Pick<BookingRow, 'owner'>, person: Person): void {
  if (mayActOn(booking, person)) return;
  const why =
    booking.owner === null
      ? 'Nobody here made this booking; only an admin may act on it.'
      : `This booking belongs to ${booking.owner}; only they or an admin may act on it.`;
  throw new AppError('forbidden', why);
}
