import type { BookingRow } from '../../../store/bookings.ts';

/**
 * A requested termination or cancellation that waits only for the rate limit. One that waits for READY, for an
 * answer or for an instance to appear is carried out while the booking is followed.
 */
export function isPendingTermination(row: BookingRow): boolean {
  if (row.termination_requested !== 1 || row.missing_since !== null) return false;
  return row.state === 'ready' || row.failure_code === 'rate-limited';
}
