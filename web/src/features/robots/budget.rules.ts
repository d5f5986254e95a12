import type { UpstreamStatus } from '@cyclorama/shared/common.ts';

import { parseTime } from '../../lib/time.ts';

export interface Budget {
  words: string;
  /** The calls are used up, and the limit has not been renewed yet. */
  isExhausted: boolean;
  resetsAt: string;
}

/**
 * What is left of the account's calls this hour; null where rerobots has told nothing yet. The figure can read −1
 * (observed of the rerobots API), which means none. After the reset the old figure no longer counts.
 */
export function budgetOf(upstream: Pick<UpstreamStatus, 'budget'> | undefined, now: number): Budget | null {
  const budget = upstream?.budget;
  if (budget === null || budget === undefined) return null;
  const isPast = (parseTime(budget.resetsAt) ?? 0) <= now;
  const left = isPast ? budget.limit : Math.max(0, budget.remaining);
  return {
    words: `${left.toLocaleString('en')} of ${budget.limit.toLocaleString('en')} calls left this hour`,
    isExhausted: left === 0,
    resetsAt: budget.resetsAt,
  };
}
