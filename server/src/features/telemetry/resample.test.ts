import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MEASURE_COUNT } from './rates.ts';
import { createResampler, gridFor, timesOf } from './resample.ts';
import { createRing } from './ring.ts';

const only = (cpu: number): number[] => [cpu, ...Array.from({ length: MEASURE_COUNT - 1 }, () => Number.NaN)];

describe('gridFor', () => {
  it('has at most the points asked for, covers the range, and no bucket below the interval', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1.7e12, max: 1.9e12 }),
        fc.integer({ min: 1, max: 40 * 86_400_000 }),
        fc.integer({ min: 2, max: 1_000 }),
        (from, span, points) => {
          const grid = gridFor(from, from + span, points, 10_000);
          expect(grid.count).toBeLessThanOrEqual(points);
          expect(grid.stepMs).toBeGreaterThanOrEqual(10_000);
          expect(grid.start).toBeLessThanOrEqual(from);
          expect(grid.start + grid.count * grid.stepMs).toBeGreaterThanOrEqual(from + span);
        },
      ),
    );
  });

  it('keeps its buckets in place as time goes on', () => {
    const first = timesOf(gridFor(1_000_005_000, 1_003_605_000, 60, 10_000));
    const later = timesOf(gridFor(1_000_012_000, 1_003_612_000, 60, 10_000));
    expect(later.filter((time) => !first.includes(time)).length).toBeLessThanOrEqual(1);
  });
});

describe('createResampler', () => {
  const grid = { start: 0, stepMs: 10_000, count: 4 };

  it('weighs samples by how much of a bucket they cover', () => {
    const resampled = createResampler(grid);
    resampled.add(0, 5_000, only(10), 0);
    resampled.add(5_000, 15_000, only(40), 0);
    expect(resampled.means(0)).toEqual([25, 40, null, null]);
  });

  it('tells the least and the most of what ended in a bucket, and of nothing that does not know them', () => {
    const resampled = createResampler(grid, { extremes: true });
    resampled.add(-2_000, 3_000, only(70), 0);
    resampled.add(3_000, 12_000, only(90), 0);
    resampled.add(12_000, 20_000, only(10), 0, only(1.25), only(999.5));
    resampled.add(20_000, 30_000, only(5), 0, only(Number.NaN), only(Number.NaN));
    expect(resampled.lows(0)).toEqual([70, 1.25, null, null]);
    expect(resampled.highs(0)).toEqual([70, 999.5, null, null]);
    expect(resampled.means(0)[2]).toBe(5);
    expect(resampled.highs(1)).toEqual([null, null, null, null]);
  });

  it('keeps a gap a gap', () => {
    const resampled = createResampler(grid);
    resampled.add(0, 10_000, only(1), 0);
    resampled.add(10_000, 20_000, only(Number.NaN), 0);
    resampled.add(20_000, 30_000, only(3), 0);
    expect(resampled.means(0)).toEqual([1, null, 3, null]);
    expect(resampled.means(1)).toEqual([null, null, null, null]);
  });

  it('shows no holes where samples come a little late', () => {
    const resampled = createResampler(grid);
    for (const [start, end] of [
      [-3_000, 6_900],
      [6_900, 17_200],
      [17_200, 26_900],
      [26_900, 40_100],
    ] as const)
      resampled.add(start, end, only(5), 0);
    expect(resampled.means(0)).toEqual([5, 5, 5, 5]);
  });
});

describe('createRing', () => {
  it('keeps the newest in the order of time and forgets the oldest', () => {
    const ring = createRing(3);
    for (const at of [10, 20, 20, 15, 30, 40]) ring.push({ at, start: at - 10, values: only(at) });
    const seen: number[] = [];
    ring.visit(0, 100, (_start, end, values, offset) => seen.push(end, values[offset] ?? -1));
    expect(seen).toEqual([20, 20, 30, 30, 40, 40]);
    expect([ring.oldest, ring.newest, ring.length]).toEqual([20, 40, 3]);
  });

  it('visits only what touches the range and finds the latest measured value', () => {
    const ring = createRing(10);
    for (const at of [10, 20, 30]) ring.push({ at, start: at - 10, values: only(at) });
    ring.push({ at: 40, start: 30, values: only(Number.NaN) });
    const ends: number[] = [];
    ring.visit(10, 25, (_start, end) => ends.push(end));
    expect(ends).toEqual([20, 30]);
    expect(ring.latest(0)).toEqual({ at: 30, value: 30 });
    expect(ring.latest(1)).toBeNull();
  });
});
