import type { Clock } from '../../lib/clock.ts';
import { isoOf } from '../../lib/clock.ts';
import { UpstreamError } from '../../lib/errors.ts';
import type { UpstreamHealth } from '../health.ts';
import { rateLimitOf } from './errors.ts';

/**
 * Most urgent first: ending what costs money, what a person asked for, following what the account holds, the collector.
 */
export type Priority = 'terminate' | 'act' | 'follow' | 'background';

/** Share of the budget kept back for more urgent priorities. */
const reserved: Record<Priority, number> = { terminate: 0, act: 0.01, follow: 0.02, background: 0.1 };
/** What the reserve kept from a priority is for, and what goes on after the reset. */
const words: Record<Exclude<Priority, 'terminate'>, { keptFor: string; goesOn: string }> = {
  act: { keptFor: 'terminating', goesOn: 'other calls go on' },
  follow: { keptFor: 'booking and terminating', goesOn: 'reading goes on' },
  background: { keptFor: 'bookings and terminating', goesOn: 'the robot list is read again' },
};
/** Background reads allowed at once before they are spread over the window. */
const BURST = 12;
/** Share that spreading leaves over, so that a busy last minute doesn't stop the background reads. */
const MARGIN = 0.02;
/** Urgent calls are counted over at least this long before background reads make room for them. */
const SHORTEST_COUNT_MS = 60_000;
/** A window is an hour (rerobots documentation, rate limiting): a later reset is a clock that differs from ours. */
const WINDOW_MS = 3_600_000;
/** Background reads go on at least this often while they are allowed at all. */
const SLOWEST_MS = 20_000;

export type Governor = {
  /** Throws UpstreamError `rate-limited` before anything is sent. */
  admit(priority: Priority): void;
  /** True where a background read would be admitted now. */
  hasRoom(): boolean;
  observe(headers: Record<string, string>): void;
  /** What another replica was told of the account's budget. */
  adopt(reported: { limit: number; remaining: number; resetsAtMs: number }): void;
  /** For a new token: budgets are per token. */
  reset(): void;
};

/**
 * rerobots allows a token 3,600 calls per fixed hour; the headers say how many are left. Background reads are spread
 * evenly over the rest of the window and stop at a reserve; terminating is always tried.
 */
export function createGovernor({ clock, health }: { clock: Clock; health: UpstreamHealth }): Governor {
  let budget: { limit: number; remaining: number; resetsAtMs: number } | null = null;
  let credit = BURST;
  let creditAt = clock.now();
  /** Of the window so far. */
  let urgent = { calls: 0, since: clock.now() };

  /** Null where it is unknown or a new window has begun. */
  const current = () => {
    if (budget && clock.now() >= budget.resetsAtMs) {
      budget = null;
      urgent = { calls: 0, since: clock.now() };
    }
    return budget;
  };
  /** Background calls per ms that last until the reset if urgent ones go on as they did. */
  const pace = (known: { limit: number; remaining: number; resetsAtMs: number }, now: number): number => {
    const spare = known.remaining - known.limit * (reserved.background + MARGIN);
    const leftMs = Math.min(WINDOW_MS, Math.max(1, known.resetsAtMs - now));
    const urgentPerMs = urgent.calls / Math.max(now - urgent.since, SHORTEST_COUNT_MS);
    return Math.max(spare / leftMs - urgentPerMs, 1 / SLOWEST_MS);
  };
  const refill = (): void => {
    const now = clock.now();
    const known = current();
    const perMs = known ? pace(known, now) : 1 / 1_000;
    credit = Math.min(BURST, credit + perMs * Math.max(0, now - creditAt));
    creditAt = now;
  };
  const allows = (priority: Priority): boolean => {
    const known = current();
    if (!known || priority === 'terminate') return true;
    return known.remaining > known.limit * reserved[priority];
  };

  const keptFor = () => {
    if (allows('background')) return 'everything';
    if (allows('follow')) return 'bookings';
    return allows('act') ? 'acts' : 'terminations';
  };

  const firstRefused = () => {
    if (!allows('act')) return 'act';
    return allows('follow') ? 'background' : 'follow';
  };
  const refusalWords = (priority: Exclude<Priority, 'terminate'>): string => {
    const { limit = 0, remaining = 0, resetsAtMs = clock.now() } = current() ?? {};
    const { keptFor, goesOn } = words[priority];
    const kept = Math.floor(limit * reserved[priority]).toLocaleString('en');
    const at = `at ${isoOf(resetsAtMs).slice(11, 16)} UTC`;
    if (remaining <= 0) return `The hourly calls to rerobots are used up; reading and booking go on ${at}.`;
    return `The last ${kept} calls to rerobots of this hour are kept for ${keptFor}; ${goesOn} ${at}.`;
  };
  const exhausted = (priority: Exclude<Priority, 'terminate'>): UpstreamError => {
    const message = refusalWords(priority);
    const resetsAtMs = current()?.resetsAtMs ?? clock.now();
    const retryAfterSeconds = Math.max(1, Math.ceil((resetsAtMs - clock.now()) / 1_000));
    health.failed(message);
    return new UpstreamError('rerobots', 'rate-limited', message, { retryAfterSeconds, neverSent: true });
  };

  const take = (reported: { limit: number; remaining: number; resetsAtMs: number }): void => {
    refill();
    // A new window, which our own clock has not reached yet.
    const isNew = budget !== null && reported.resetsAtMs > budget.resetsAtMs + WINDOW_MS / 2;
    if (isNew) urgent = { calls: 0, since: clock.now() };
    budget = reported;
    health.setBudget({ ...reported, keptFor: keptFor() });
  };

  return {
    hasRoom() {
      refill();
      const isKept = !allows('background');
      // Following and acting may go on meanwhile, which must not make the list look live.
      health.partFails('background', isKept ? refusalWords(firstRefused()) : null);
      return !isKept && credit >= 1;
    },
    admit(priority) {
      refill();
      if (priority !== 'terminate' && !allows(priority)) throw exhausted(priority);
      if (priority === 'background') {
        if (credit < 1) throw tooFast();
        credit -= 1;
      } else urgent.calls += 1;
      // Counts calls in flight as spent; the next answer corrects it.
      if (budget) budget.remaining -= 1;
    },
    observe(headers) {
      const reported = rateLimitOf(headers);
      // A refused token is treated as anonymous, whose allowance is smaller.
      if (!reported || reported.limit < (current()?.limit ?? 0)) return;
      take(reported);
    },
    adopt: take,
    reset() {
      budget = null;
      credit = BURST;
      urgent = { calls: 0, since: clock.now() };
      health.partFails('background', null);
      health.setBudget(null);
    },
  };
}

function tooFast(): UpstreamError {
  return new UpstreamError('rerobots', 'rate-limited', 'Reads of rerobots are being spread out.', {
    retryAfterSeconds: 1,
    neverSent: true,
  });
}
