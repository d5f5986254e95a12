import type { BookingState } from '@cyclorama/shared/robots.ts';

import type { BookingRow } from '../../../store/bookings.ts';

/** After a launch the instance may be unknown for seconds ("rerobots API": a worker writes it); so long it is waited for. */
export const UNKNOWN_TOLERATED_MS = 30_000;

/** So often what moves is read, so that READY is seen within five seconds of the fact. */
export const READY_SEEN_MS = 3_500;

/** An unanswered booking that left no trace at the upstream after this is lost. */
export const MATCH_FOR_MS = 30_000;

/** A failed start is told to have lost a race only where it was looked at this soon after it began. */
export const RACE_TOLD_MS = 5_000;

/** How near to its limit an end counts as the limit's doing: rerobots looks now and then, not at the second. */
export const LIMIT_SLACK_MS = 30_000;

/** How long a booking may wait for its turn before it is sent; later nobody expects it any more. */
export const HELD_FOR_MS = 120_000;

/** From which state a booking may go to which. A state may be re-entered to keep what was learnt. */
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

/** Since when nobody did anything here with a ready robot; null where it is not ready. */
export function idleSince(row: BookingRow): number | null {
  if (row.state !== 'ready' || row.ready_at === null) return null;
  return Math.max(row.ready_at, row.active_at ?? 0);
}
