import type { BookingRow } from '../../../store/bookings.ts';

/**
 * True for a wish to end or to leave that waits for calls to be allowed again, and for nothing else: what waits for
 * READY, or for an answer that never came, is carried out by who follows the booking.
 */
export function isPendingWish(row: BookingRow): boolean {
  return row.termination_wished === 1 && (row.state === 'ready' || row.failure_code === 'rate-limited');
}
