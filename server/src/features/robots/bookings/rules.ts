import type { BookingState } from '@cyclorama/shared/robots.ts';

import type { BookingRow } from '../../../store/bookings.ts';

/** After a launch the instance may be unknown for some seconds ("rerobots API": a worker writes it). */
export const UNKNOWN_TOLERANCE_MS = 30_000;

/** How often changing bookings are read, so that READY is seen within five seconds. */
export const READY_POLL_MS = 3_500;

export const MATCH_FOR_MS = 30_000;

/** A failed start counts as a lost race only if it was read this soon after it began. */
export const RACE_DETECTION_MS = 5_000;

/** An end this close to the time limit was caused by it: rerobots enforces it only now and then. */
export const LIMIT_SLACK_MS = 30_000;

/** A booking held longer is refused: nobody expects it any more. */
export const MAX_HELD_MS = 120_000;

export const bookingMoves: Record<BookingState, readonly BookingState[]> = {
  requested: ['requested', 'queued', 'starting', 'refused', 'cancelled', 'lost'],
  queued: ['queued', 'starting', 'ready', 'terminating', 'terminated', 'failed', 'cancelled', 'lost'],
  starting: ['starting', 'ready', 'terminating', 'terminated', 'failed', 'lost'],
  ready: ['ready', 'terminating', 'terminated', 'lost'],
  terminating: ['terminating', 'starting', 'ready', 'terminated', 'failed', 'lost'],
  terminated: [],
  failed: [],
  refused: [],
  cancelled: [],
  lost: [],
};

export function idleSince(row: BookingRow): number | null {
  if (row.state !== 'ready' || row.ready_at === null) return null;
  return Math.max(row.ready_at, row.active_at ?? 0);
}
