import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MEASURE_COUNT } from './rates.ts';
import { createResampler, gridFor, timesOf } from './resample.ts';
import { pointsOf } from './sample-row.ts';

const only = (cpu: number): number[] => [cpu, ...Array.from({ length: MEASURE_COUNT - 1 }, () => Number.NaN)];
/** From when to when, and what of CPU. */
const samples = (...each: (readonly [start: number, at: number, cpu: number])[]) =>
  pointsOf(each.map(([start, at, cpu]) => ({ start, at, values: only(cpu) })));

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
    resampled.add(samples([0, 5_000, 10], [5_000, 15_000, 40]));
    expect(resampled.means(0)).toEqual([25, 40, null, null]);
  });

  it('tells the least and the most of what ended in a bucket, and of nothing that does not know them', () => {
    const resampled = createResampler(grid, { extremes: true });
    resampled.add(samples([-2_000, 3_000, 70], [3_000, 12_000, 90]));
    const told = (values: number[]) => (measure: number) => (measure === 0 ? values : Number.NaN);
    resampled.add({
      ...samples([12_000, 20_000, 10], [20_000, 30_000, 5]),
      lows: told([1.25, Number.NaN]),
      highs: told([999.5, Number.NaN]),
    });
    expect(resampled.lows(0)).toEqual([70, 1.25, null, null]);
    expect(resampled.highs(0)).toEqual([70, 999.5, null, null]);
    expect(resampled.means(0)[2]).toBe(5);
    expect(resampled.highs(1)).toEqual([null, null, null, null]);
  });

  it('keeps a gap a gap', () => {
    const resampled = createResampler(grid);
    resampled.add(samples([0, 10_000, 1], [10_000, 20_000, Number.NaN], [20_000, 30_000, 3]));
    expect(resampled.means(0)).toEqual([1, null, 3, null]);
    expect(resampled.means(1)).toEqual([null, null, null, null]);
  });

  it('shows no holes where samples come a little late', () => {
    const resampled = createResampler(grid);
    resampled.add(samples([-3_000, 6_900, 5], [6_900, 17_200, 5], [17_200, 26_900, 5], [26_900, 40_100, 5]));
    expect(resampled.means(0)).toEqual([5, 5, 5, 5]);
  });
});
