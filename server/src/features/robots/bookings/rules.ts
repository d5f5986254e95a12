import type { BookingState } from '@cyclorama/shared/robots.ts';

import type { BookingRow } from '../../../store/bookings.ts';

/** A reservation is gone some seconds before its instance is listed ("rerobots API": a worker writes it). */
export const RESERVATION_GAP_MS = 30_000;

/** A 404 this short is usual after a launch and not reported. */
export const SILENT_MISSING_MS = 5_000;

/** How often changing bookings are read, so that READY is seen within five seconds. */
export const READY_POLL_MS = 3_500;

export const MATCH_FOR_MS = 30_000;

/** A failed start counts as a lost race only if it was read this soon after it began. */
export const RACE_DETECTION_MS = 5_000;

/** A booking held longer is refused: nobody expects it any more. */
export const MAX_HELD_MS = 120_000;

/** What has ended comes back where rerobots shows it again. */
export const bookingMoves: Record<BookingState, readonly BookingState[]> = {
  requested: ['requested', 'queued', 'starting', 'refused', 'cancelled', 'lost'],
  queued: ['queued', 'starting', 'ready', 'terminating', 'terminated', 'failed', 'cancelled', 'lost'],
  starting: ['starting', 'ready', 'terminating', 'terminated', 'failed', 'lost'],
  ready: ['ready', 'terminating', 'terminated', 'lost'],
  terminating: ['terminating', 'starting', 'ready', 'terminated', 'failed', 'lost'],
  terminated: ['starting'],
  failed: ['starting'],
  refused: [],
  cancelled: ['queued', 'starting'],
  lost: ['queued', 'starting'],
};

export function idleSince(row: BookingRow): number | null {
  if (row.state !== 'ready' || row.ready_at === null) return null;
  return Math.max(row.ready_at, row.active_at ?? 0);
}
