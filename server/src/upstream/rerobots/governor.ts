import type { Clock } from '../../lib/clock.ts';
import { isoOf } from '../../lib/clock.ts';
import { UpstreamError } from '../../lib/errors.ts';
import type { UpstreamHealth } from '../health.ts';
import { rateLimitOf } from './errors.ts';

/**
 * Most urgent first: ending what costs money, what a person asked for, following a booking in progress, the collector.
 */
export type Priority = 'terminate' | 'act' | 'follow' | 'background';

/** Share of the budget kept back for more urgent priorities. */
const reserved: Record<Priority, number> = { terminate: 0, act: 0.01, follow: 0.02, background: 0.1 };
/** Background reads allowed at once before they are spread over the window. */
const BURST = 12;

export type Governor = {
  /** Throws UpstreamError `rate-limited` before anything is sent. */
  admit(priority: Priority): void;
  /** True where a background read would be admitted now. */
  hasRoom(): boolean;
  observe(headers: Record<string, string>): void;
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

  /** Null where it is unknown or a new window has begun. */
  const current = () => {
    if (budget && clock.now() >= budget.resetsAtMs) budget = null;
    return budget;
  };
  const refill = (): void => {
    const now = clock.now();
    const known = current();
    const spare = known ? Math.max(0, known.remaining - known.limit * reserved.background) : Number.NaN;
    const perMs = known ? spare / Math.max(1, known.resetsAtMs - now) : 1 / 1_000;
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

  return {
    hasRoom() {
      refill();
      return allows('background') && credit >= 1;
    },
    admit(priority) {
      refill();
      const known = current();
      if (!allows(priority)) throw exhausted(clock, health, known?.resetsAtMs ?? clock.now());
      if (priority === 'background') {
        if (credit < 1) throw tooFast();
        credit -= 1;
      }
      // Counts calls in flight as spent; the next answer corrects it.
      if (known) known.remaining -= 1;
    },
    observe(headers) {
      const reported = rateLimitOf(headers);
      // A refused token is treated as anonymous, whose allowance is smaller.
      if (!reported || reported.limit < (current()?.limit ?? 0)) return;
      refill();
      budget = reported;
      health.setBudget({ ...reported, keptFor: keptFor() });
    },
    reset() {
      budget = null;
      credit = BURST;
      health.setBudget(null);
    },
  };
}

function exhausted(clock: Clock, health: UpstreamHealth, resetsAtMs: number): UpstreamError {
  const retryAfterSeconds = Math.max(1, Math.ceil((resetsAtMs - clock.now()) / 1_000));
  const message = `The hourly calls to rerobots are used up; reading goes on at ${isoOf(resetsAtMs)}.`;
  health.failed(message);
  return new UpstreamError('rerobots', 'rate-limited', message, { retryAfterSeconds, neverSent: true });
}

function tooFast(): UpstreamError {
  return new UpstreamError('rerobots', 'rate-limited', 'Reads of rerobots are being spread out.', {
    retryAfterSeconds: 1,
    neverSent: true,
  });
}
