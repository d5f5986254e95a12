import type { BookingRow } from '../../../store/bookings.ts';

/**
 * True for a requested termination or cancellation that waits only for calls to be allowed again. One that waits for
 * READY, or for an answer that never came, is carried out while the booking is followed.
 */
export function isPendingTermination(row: BookingRow): boolean {
  return row.termination_requested === 1 && (row.state === 'ready' || row.failure_code === 'rate-limited');
}
