import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { valueAt } from '../../store/telemetry/points.ts';
import { MEASURE_COUNT } from './rates.ts';
import { createRing } from './ring.ts';
import type { Ring } from './ring.ts';

/** Of the first measure; the second has one value and the others none. */
const values = (cpu: number): number[] => [cpu, 7, ...Array<number>(MEASURE_COUNT - 2).fill(Number.NaN)];
const push = (ring: Ring, ...times: number[]): void => {
  for (const at of times) ring.push({ at, start: at - 10, values: values(at) });
};
const seen = (ring: Ring, from = 0, to = 1e15, measure = 0): [end: number, value: number][] => {
  const { length, ends, means } = ring.points(from, to);
  return Array.from({ length }, (_, point) => [ends[point] ?? 0, valueAt(means(measure), point)]);
};

it('keeps the newest in the order of time, forgets the oldest and tells until when', () => {
  const ring = createRing(3);
  expect(ring.forgotten).toBe(-Infinity);
  push(ring, 10, 20, 20, 15, 30, 40);
  expect(seen(ring)).toEqual([
    [20, 20],
    [30, 30],
    [40, 40],
  ]);
  expect([ring.oldest, ring.newest, ring.length, ring.forgotten]).toEqual([20, 40, 3, 10]);
});

it('visits only what touches the range and finds the latest measured value', () => {
  const ring = createRing(10);
  push(ring, 10, 20, 30);
  ring.push({ at: 40, start: 30, values: values(Number.NaN) });
  expect(seen(ring, 10, 25).map(([end]) => end)).toEqual([20, 30]);
  expect(ring.latest(0)).toEqual({ at: 30, value: 30 });
  expect(ring.latest(1)).toEqual({ at: 40, value: 7 });
  expect(ring.latest(2)).toBeNull();
  expect(seen(ring, 10, 25, 1).map(([, value]) => value)).toEqual([7, 7]);
});

it('has what was pushed, however much that is and whatever went in between', () => {
  const step = fc.oneof(
    { weight: 20, arbitrary: fc.constant('push' as const) },
    fc.record({ keep: fc.integer({ min: 0, max: 120 }) }),
    fc.record({ drop: fc.integer({ min: 0, max: 20 }) }),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.array(step, { minLength: 300, maxLength: 900 }),
      (most, steps) => {
        const ring = createRing(most);
        let known: number[] = [];
        for (const [index, each] of steps.entries()) {
          const at = (index + 1) * 10;
          if (each === 'push') {
            push(ring, at);
            known = [...known, at].slice(-most);
          } else if ('keep' in each) {
            ring.keepNewest(each.keep);
            known = each.keep === 0 ? [] : known.slice(-each.keep);
          } else {
            const limit = at - each.drop * 10;
            ring.dropAfter(limit);
            known = known.filter((time) => time <= limit);
          }
        }
        expect(seen(ring)).toEqual(known.map((at) => [at, at]));
        expect(seen(ring, 0, 1e15, 1)).toEqual(known.map((at) => [at, 7]));
      },
    ),
    { numRuns: 40 },
  );
});

it('begins with what was loaded, of which the newest count, and goes on from there', () => {
  const told = createRing(2_000);
  push(told, ...Array.from({ length: 1_500 }, (_, index) => (index + 1) * 10));
  const ring = createRing(1_000, told.points(0, 1e15));
  expect([ring.oldest, ring.newest, ring.length, ring.forgotten]).toEqual([5_010, 15_000, 1_000, 5_000]);
  expect(seen(ring)).toEqual(seen(told).slice(500));
  expect(ring.latest(1)).toEqual({ at: 15_000, value: 7 });
  push(ring, 15_010);
  expect(seen(ring).slice(-2)).toEqual([
    [15_000, 15_000],
    [15_010, 15_010],
  ]);
  expect(ring.bytes).toBeLessThan(1_300 * 16);
});

it('needs room only for what differs, and gives it back', () => {
  const ring = createRing(1_090);
  for (let index = 1; index <= 1_090; index += 1) push(ring, index * 10);
  const whole = ring.bytes;
  expect(whole).toBeLessThan(1_300 * 16);
  ring.keepNewest(390);
  expect(ring.bytes).toBeLessThan(whole / 2);
  expect(ring.length).toBe(390);
});
