import type { Clock } from '../../lib/clock.ts';
import { isoOf } from '../../lib/clock.ts';
import { UpstreamError } from '../../lib/errors.ts';
import type { UpstreamHealth } from '../health.ts';
import { rateLimitOf } from './errors.ts';

/**
 * What a call is for, most urgent first: ending what costs money, what a person asked for, following a booking that
 * moves, the collector.
 */
export type Priority = 'terminate' | 'act' | 'follow' | 'background';

/** The share of the budget a priority leaves untouched for those before it. */
const reserved: Record<Priority, number> = { terminate: 0, act: 0.01, follow: 0.02, background: 0.1 };
/** Background reads may come this many at once before they are spread over the window. */
const BURST = 12;

export type Governor = {
  /** Lets the call go, or throws UpstreamError `rate-limited` without anything being sent. */
  admit(priority: Priority): void;
  /** True where a background read would be let go now. */
  hasRoom(): boolean;
  /** Learns from an answer's `X-RateLimit-*` headers. */
  observe(headers: Record<string, string>): void;
  /** Forgets the budget: another token has another one. */
  reset(): void;
};

/**
 * Shares out the calls rerobots allows a token (3,600 in a fixed hour; the headers tell what is left). Background reads
 * are spread evenly over what is left of the window and stop at a reserve; terminating is always tried.
 */
export function createGovernor({ clock, health }: { clock: Clock; health: UpstreamHealth }): Governor {
  let budget: { limit: number; remaining: number; resetsAtMs: number } | null = null;
  let credit = BURST;
  let creditAt = clock.now();

  /** The budget of the present window; null where it is not known or a new window has begun. */
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
      // Calls in flight have no answer yet: count them as spent, the next answer corrects it.
      if (known) known.remaining -= 1;
    },
    observe(headers) {
      const told = rateLimitOf(headers);
      // A token that is not taken any more counts as nobody, whose allowance is another and smaller.
      if (!told || told.limit < (current()?.limit ?? 0)) return;
      refill();
      budget = told;
      health.setBudget({ ...told, keptFor: keptFor() });
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
