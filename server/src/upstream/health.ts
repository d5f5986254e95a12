import type { Freshness, UpstreamName, UpstreamStatus } from '@cyclorama/shared/common.ts';

import type { Clock } from '../clock.ts';
import { isoOf } from '../clock.ts';

type KnownBudget = {
  limit: number;
  remaining: number;
  resetsAtMs: number;
  keptFor?: NonNullable<UpstreamStatus['budget']>['keptFor'];
};

export type UpstreamHealth = {
  readonly name: UpstreamName;
  succeeded(): void;
  /** `reason`: one plain sentence for the page. */
  failed(reason: string): void;
  /** Null: not known any more. */
  setBudget(budget: KnownBudget | null): void;
  /** Credentials came, changed or went; `why` is the sentence where there are none now. */
  setConfigured(configured: boolean, why?: string): void;
  freshness(): Freshness;
  status(): UpstreamStatus;
};

type Options = {
  name: UpstreamName;
  label: string;
  configured: boolean;
  clock: Clock;
  /** Called when the state, the reason or the budget changes; not for every success. */
  onChange?: () => void;
};

/** Keeps how one upstream is doing, as its client reports it. */
export function createUpstreamHealth(options: Options): UpstreamHealth {
  const { name, label, clock, onChange } = options;
  let { configured } = options;
  let unconfiguredReason = `${label} is not configured.`;
  let lastGoodAt: number | null = null;
  let failingSince: number | null = null;
  let reason: string | null = null;
  let budget: UpstreamStatus['budget'] = null;

  const freshness = (): Freshness => {
    const asOf = lastGoodAt === null ? null : isoOf(lastGoodAt);
    if (!configured) {
      return { state: 'unconfigured', asOf, failingSince: null, reason: unconfiguredReason };
    }
    if (failingSince !== null) {
      const state = lastGoodAt === null ? 'unavailable' : 'stale';
      return { state, asOf, failingSince: isoOf(failingSince), reason };
    }
    if (lastGoodAt === null)
      return { state: 'unavailable', asOf, failingSince: null, reason: `${label} has not answered yet.` };
    return { state: 'live', asOf, failingSince: null, reason: null };
  };

  return {
    name,
    succeeded() {
      const changed = failingSince !== null || lastGoodAt === null;
      lastGoodAt = clock.now();
      failingSince = null;
      reason = null;
      if (changed) onChange?.();
    },
    failed(why) {
      const changed = failingSince === null || reason !== why;
      failingSince ??= clock.now();
      reason = why;
      if (changed) onChange?.();
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
    setConfigured(now, why = `${label} is not configured.`) {
      configured = now;
      unconfiguredReason = why;
      failingSince = null;
      reason = null;
      onChange?.();
    },
    freshness,
    status() {
      // What was left of a window that is over says nothing of the new one.
      if (budget !== null && Date.parse(budget.resetsAt) <= clock.now()) budget = null;
      return { name, label, ...freshness(), budget };
    },
  };
}
