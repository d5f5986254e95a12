import type { Booking } from '@cyclorama/shared/robots.ts';
import { IDLE_AFTER_MS, isOpenBooking, warningsBeforeEnd } from '@cyclorama/shared/rules/bookings.ts';

import { parseTime } from '../../../lib/time.ts';

/** How near to its limit an end counts as the limit's doing: the upstream looks now and then, not at the second. */
const LIMIT_SLACK_MS = 90_000;

export type BookingSummary = {
  /** From the request to the start, or to the end where it never started. */
  waitedMs: number | null;
  /** From the start to the end; null where it held no robot. */
  heldMs: number | null;
  endedBy: string;
};

/** What became of a booking that is over: how long it waited, how long it held a robot, and what ended it. */
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
  if (failure !== null) return failure.message;
  if (state === 'cancelled') return 'Cancellation';
  if (state === 'refused') return 'rerobots refused it.';
  if (state === 'lost') return 'Unknown: rerobots no longer lists it.';
  const limit = parseTime(booking.endsAt);
  if (limit !== null && ended !== null && Math.abs(ended - limit) <= LIMIT_SLACK_MS) return 'Time limit';
  if (state === 'terminated') return 'Termination';
  return 'Failure';
}

export type TimeWarning = 'ten-minutes' | 'two-minutes';
const warnings: Record<(typeof warningsBeforeEnd)[number], TimeWarning> = {
  2: 'two-minutes',
  10: 'ten-minutes',
};

/** The nearest warning due before a booking's robot is taken away; null where there is time or no limit. */
export function timeWarning(booking: Booking, now: number): TimeWarning | null {
  const end = parseTime(booking.endsAt);
  if (end === null || booking.state !== 'ready' || now >= end) return null;
  const due = warningsBeforeEnd.find((minutes) => end - now <= minutes * 60_000);
  return due === undefined ? null : warnings[due];
}

/** How long its owner has done nothing with a ready booking here, once that is worth a word; else null. */
export function idleFor(booking: Booking, now: number): number | null {
  const since = parseTime(booking.idleSince);
  if (since === null || booking.state !== 'ready' || now - since < IDLE_AFTER_MS) return null;
  return now - since;
}
