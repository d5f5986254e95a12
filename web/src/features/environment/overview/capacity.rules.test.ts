import type { Capacity } from '@cyclorama/shared/environment.ts';
import { describe, expect, it } from 'vitest';

import { bandsOf, hoursOf, ticksOf, totalOf } from './capacity.rules.ts';

const HOUR = 3_600_000;

describe('the bands of a bucket', () => {
  it('lie on each other from the bottom and fill what is counted', () => {
    const bands = bandsOf({ running: 6, stopped: 2, failed: 2 }, 10);
    expect(bands.map(({ state }) => state)).toEqual(['running', 'stopped', 'failed']);
    expect(bands.map(({ to }) => to)).toEqual([0.6, 0.8, 1]);
    expect(totalOf({ running: 6, stopped: 2, failed: 2 })).toBe(10);
    expect(bandsOf({}, 0)).toEqual([]);
  });

  it('show one of ten thousand that failed, within the height', () => {
    const failed = bandsOf({ running: 9_999, failed: 1 }, 10_000).at(-1);
    expect(failed?.state).toBe('failed');
    expect((failed?.to ?? 0) - (failed?.from ?? 0)).toBeGreaterThanOrEqual(0.02);
    expect(failed?.to).toBe(1);
  });
});

it('tells each hour its worst count and all that happened in it, newest first', () => {
  const bucket = (running: number) => ({ running, failed: 10 - running });
  const buckets: Capacity['buckets'] = [bucket(10), bucket(7), null, null, null];
  const mark = (at: number, failures: number) => ({ at, deployments: 1, failures, recoveries: 0 });
  const seen = hoursOf({
    recordedSince: null,
    from: 0,
    stepMs: HOUR / 2,
    buckets,
    markStepMs: HOUR / 2,
    marks: [mark(0, 2), mark(HOUR / 2, 3), mark(2 * HOUR, 4)],
  });
  expect(seen.map(({ at, counts, failures }) => [at / HOUR, counts?.running ?? null, failures])).toEqual([
    [2, null, 4],
    [1, null, 0],
    [0, 7, 5],
  ]);
});

it('puts ticks on whole hours of the zone', () => {
  expect(ticksOf(HOUR, 9 * HOUR, 4, 0)).toEqual([4 * HOUR, 8 * HOUR]);
  expect(ticksOf(HOUR, 9 * HOUR, 4, 2 * HOUR)).toEqual([2 * HOUR, 6 * HOUR]);
});
