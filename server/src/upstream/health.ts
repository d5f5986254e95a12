import type { Freshness, UpstreamName, UpstreamStatus } from '@cyclorama/shared/common.ts';

import type { Clock } from '../lib/clock.ts';
import { isoOf } from '../lib/clock.ts';
import { UpstreamError } from '../lib/errors.ts';
import type { UpstreamFault } from '../lib/errors.ts';

type KnownBudget = {
  limit: number;
  remaining: number;
  resetsAtMs: number;
  keptFor?: NonNullable<UpstreamStatus['budget']>['keptFor'];
};

/** One try; `abandoned`: its caller gave up. */
export type CallMade = {
  upstream: UpstreamName;
  outcome: 'ok' | UpstreamFault | 'abandoned';
  seconds: number;
};

export type UpstreamHealth = {
  readonly name: UpstreamName;
  /** Times one try, for metrics only; `outcomeOf` looks at what it returned. */
  timed<T>(work: () => Promise<T>, outcomeOf?: (result: T) => CallMade['outcome']): Promise<T>;
  succeeded(): void;
  /** `reason`: a sentence for the page. `credentials`: `refused` where that is the cause. */
  failed(reason: string, credentials?: 'refused'): void;
  /** While a regularly read part fails, the upstream is not live, whatever other calls return; null: it works. */
  partFails(part: string, reason: string | null): void;
  /** Null: no longer known. */
  setBudget(budget: KnownBudget | null): void;
  /** Credentials were set or replaced. */
  configured(): void;
  /** `why`: a sentence for the page. `lost`: there were credentials before. */
  unconfigured(why: string, lost: boolean): void;
  freshness(): Freshness;
  status(): UpstreamStatus;
};

type Options = {
  name: UpstreamName;
  label: string;
  configured: boolean;
  clock: Clock;
  /** Called when the state, the reason or the budget changes, not on every success. */
  onChange?: () => void;
  /** Called after each try. */
  onCall?: (made: CallMade) => void;
};

export function createUpstreamHealth(options: Options): UpstreamHealth {
  const { name, label, clock, onChange, onCall } = options;
  let { configured } = options;
  let unconfiguredReason = `${label} is not configured.`;
  let wasConfigured = false;
  let lastGoodAt: number | null = null;
  let failingSince: number | null = null;
  let reason: string | null = null;
  let isRefused = false;
  let budget: UpstreamStatus['budget'] = null;

  const failingParts = new Map<string, { since: number; reason: string }>();

  const failure = (): { since: number; reason: string | null } | null => {
    const [part] = failingParts.values();
    const sinces = [...failingParts.values()].map(({ since }) => since);
    if (failingSince !== null) sinces.push(failingSince);
    if (sinces.length === 0) return null;
    return { since: Math.min(...sinces), reason: isRefused ? reason : (part?.reason ?? reason) };
  };

  const freshness = (): Freshness => {
    const asOf = lastGoodAt === null ? null : isoOf(lastGoodAt);
    if (!configured) {
      const gone = wasConfigured ? { credentials: 'missing' as const } : {};
      return { state: 'unconfigured', asOf, failingSince: null, reason: unconfiguredReason, ...gone };
    }
    const failing = failure();
    if (failing !== null) {
      const state = lastGoodAt === null ? 'unavailable' : 'stale';
      const refused = isRefused ? { credentials: 'refused' as const } : {};
      return { state, asOf, failingSince: isoOf(failing.since), reason: failing.reason, ...refused };
    }
    if (lastGoodAt === null)
      return { state: 'unavailable', asOf, failingSince: null, reason: `${label} has not answered yet.` };
    return { state: 'live', asOf, failingSince: null, reason: null };
  };

  /** Reports the change only when what the page shows differs. */
  const change = (make: () => void): void => {
    const words = (): string => JSON.stringify({ ...freshness(), asOf: null });
    const before = words();
    make();
    if (words() !== before) onChange?.();
  };

  const forgetFailure = (): void => {
    failingSince = null;
    reason = null;
    isRefused = false;
  };

  const timed: UpstreamHealth['timed'] = async (work, outcomeOf) => {
    const startedAt = performance.now();
    let outcome: CallMade['outcome'] = 'ok';
    try {
      const result = await work();
      outcome = outcomeOf?.(result) ?? outcome;
      return result;
    } catch (error) {
      outcome = error instanceof UpstreamError ? error.fault : 'abandoned';
      throw error;
    } finally {
      onCall?.({ upstream: name, outcome, seconds: (performance.now() - startedAt) / 1_000 });
    }
  };

  return {
    name,
    timed,
    succeeded() {
      const now = clock.now();
      // Called for every call of a batch: what the page shows can change only after a failure.
      if (failingSince === null && lastGoodAt !== null) {
        lastGoodAt = now;
        return;
      }
      change(() => {
        lastGoodAt = now;
        forgetFailure();
      });
    },
    failed(why, credentials) {
      change(() => {
        failingSince ??= clock.now();
        reason = why;
        isRefused = credentials === 'refused';
      });
    },
    partFails(part, why) {
      if (why === null && !failingParts.has(part)) return;
      change(() => {
        if (why === null) failingParts.delete(part);
        else failingParts.set(part, { since: failingParts.get(part)?.since ?? clock.now(), reason: why });
      });
    },
    setBudget(told) {
      const before = budget?.remaining;
      budget = told && {
        limit: told.limit,
        remaining: Math.max(0, told.remaining),
        resetsAt: isoOf(told.resetsAtMs),
        ...(told.keptFor === undefined ? {} : { keptFor: told.keptFor }),
      };
      if (budget?.remaining !== before) onChange?.();
    },
    configured() {
      configured = true;
      forgetFailure();
      onChange?.();
    },
    unconfigured(why, lost) {
      configured = false;
      unconfiguredReason = why;
      forgetFailure();
      wasConfigured = lost;
      onChange?.();
    },
    freshness,
    status() {
      // The budget of an expired window says nothing about the new one.
      if (budget !== null && Date.parse(budget.resetsAt) <= clock.now()) budget = null;
      return { name, label, ...freshness(), budget };
    },
  };
}
