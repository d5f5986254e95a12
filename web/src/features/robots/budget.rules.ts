import type { UpstreamStatus } from '@cyclorama/shared/common.ts';

import { parseTime } from '../../lib/time.ts';

export type Budget = {
  words: string;
  /** What waits until the limit is renewed; null for nothing. */
  standsStill: string | null;
  resetsAt: string;
};

type KeptFor = NonNullable<NonNullable<UpstreamStatus['budget']>['keptFor']>;

const kept: Record<Exclude<KeptFor, 'everything'>, { for: string; standsStill: string }> = {
  bookings: { for: 'bookings and terminating', standsStill: 'The robot list is not updated.' },
  acts: { for: 'booking and terminating', standsStill: 'Nothing is updated.' },
  terminations: { for: 'terminating', standsStill: 'Nothing is updated or booked.' },
};

function standsStillAt(left: number, keptFor: KeptFor): string | null {
  if (left === 0) {
    return 'No calls to rerobots are left. Nothing is updated or booked. A termination waits for the next hour.';
  }
  if (keptFor === 'everything') return null;
  const { for: purpose, standsStill } = kept[keptFor];
  const last = left === 1 ? 'last call' : `last ${left.toLocaleString('en')} calls`;
  return `The ${last} to rerobots of this hour ${left === 1 ? 'is' : 'are'} kept for ${purpose}. ${standsStill}`;
}

/**
 * Null before rerobots has sent a figure. It can be −1 (observed of the rerobots API), which means none. After the
 * reset time the old figure no longer counts.
 */
export function budgetOf(upstream: Pick<UpstreamStatus, 'budget'> | undefined, now: number): Budget | null {
  const budget = upstream?.budget;
  if (budget === null || budget === undefined) return null;
  const isPast = (parseTime(budget.resetsAt) ?? 0) <= now;
  const left = isPast ? budget.limit : Math.max(0, budget.remaining);
  return {
    words: `${left.toLocaleString('en')} of ${budget.limit.toLocaleString('en')} calls left this hour`,
    standsStill: isPast ? null : standsStillAt(left, budget.keptFor ?? 'everything'),
    resetsAt: budget.resetsAt,
  };
}
