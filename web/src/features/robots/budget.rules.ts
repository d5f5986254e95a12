import type { UpstreamStatus } from '@cyclorama/shared/common.ts';

import { parseTime } from '../../lib/time.ts';

export type Budget = {
  words: string;
  /** What waits until the limit is renewed; null for nothing. */
  standsStill: string | null;
  resetsAt: string;
};

type KeptFor = NonNullable<NonNullable<UpstreamStatus['budget']>['keptFor']>;

const stillness: Record<KeptFor, string | null> = {
  everything: null,
  bookings: 'Few calls to rerobots are left. The robot list is not updated; bookings are.',
  acts: 'Very few calls to rerobots are left. Nothing is updated. You can still book and terminate.',
  terminations: 'No calls to rerobots are left. Nothing is updated or booked. You can still terminate.',
};

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
    standsStill:
      stillness[isPast ? 'everything' : left === 0 ? 'terminations' : (budget.keptFor ?? 'everything')],
    resetsAt: budget.resetsAt,
  };
}
