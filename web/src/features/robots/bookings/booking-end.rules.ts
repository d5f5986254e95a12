import type { Booking } from '@cyclorama/shared/robots.ts';
import {
  IDLE_AFTER_MS,
  isEndByLimit,
  isOpenBooking,
  warningsBeforeEnd,
} from '@cyclorama/shared/rules/bookings.ts';

import { parseTime } from '../../../lib/time.ts';

export type BookingSummary = {
  /** From the request to the start, or to the end if it never started. */
  waitedMs: number | null;
  /** From the start to the end; null if it held no robot. */
  heldMs: number | null;
  endedBy: string;
};

export function bookingSummary(booking: Booking): BookingSummary | null {
  if (isOpenBooking(booking)) return null;
  const requested = parseTime(booking.requestedAt);
  const started = parseTime(booking.startedAt);
  const ended = parseTime(booking.endedAt);
  const until = started ?? ended;
  return {
    waitedMs: requested === null || until === null ? null : Math.max(0, until - requested),
    heldMs: started === null || ended === null ? null : Math.max(0, ended - started),
    endedBy: endedBy(booking, ended),
  };
}

function endedBy(booking: Booking, ended: number | null): string {
  const { state, failure } = booking;
  const where = failure === null ? '' : ' at rerobots, not here';
  if (state === 'cancelled') return `Cancellation${where}`;
  if (state === 'refused') return 'Refusal';
  if (state === 'lost') return 'Unknown';
  if (state === 'failed') return 'Failed start';
  const limit = parseTime(booking.endsAt);
  const isByLimit = failure === null && limit !== null && ended !== null && isEndByLimit(ended, limit);
  return isByLimit ? 'Time limit' : `Termination${where}`;
}

/** A separate notice shows the failure, so nothing else needs to. */
export function isFailureNoticed({ state }: Pick<Booking, 'state'>): boolean {
  return state === 'refused' || state === 'failed';
}

export type TimeWarning = 'ten-minutes' | 'two-minutes';
const warnings: Record<(typeof warningsBeforeEnd)[number], TimeWarning> = {
  2: 'two-minutes',
  10: 'ten-minutes',
};

export function timeWarning(booking: Booking, now: number): TimeWarning | null {
  const end = parseTime(booking.endsAt);
  if (end === null || booking.state !== 'ready' || now >= end) return null;
  const due = warningsBeforeEnd.find((minutes) => end - now <= minutes * 60_000);
  return due === undefined ? null : warnings[due];
}

/** Milliseconds without any action by the owner on a ready booking; null while too short to mention. */
export function idleFor(booking: Booking, now: number): number | null {
  const since = parseTime(booking.idleSince);
  if (since === null || booking.state !== 'ready' || now - since < IDLE_AFTER_MS) return null;
  return now - since;
}
