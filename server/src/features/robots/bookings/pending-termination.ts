import type { BookingRow } from '../../../store/bookings.ts';

/**
 * A requested termination or cancellation that waits only for the rate limit. One that waits for READY or for an answer
 * is carried out while the booking is followed.
 */
export function isPendingTermination(row: BookingRow): boolean {
  return row.termination_requested === 1 && (row.state === 'ready' || row.failure_code === 'rate-limited');
}
