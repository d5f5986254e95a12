import { describe, expect, it } from 'vitest';

import { courseSince, runsOf, thinned } from './queue-course.ts';
import type { QueuePoint } from './queue-course.ts';
import { queueWorlds, traceOf } from './queue-trace.fixture.ts';

const points: QueuePoint[] = [
  { at: 10, length: 1 },
  { at: 20, length: null },
  { at: 30, length: 2 },
];

describe('a course from a time on', () => {
  it.each([
    [5, [10, 20, 30], 1],
    [10, [10, 20, 30], 1],
    [15, [15, 20, 30], 1],
    [25, [25, 30], null],
    [40, [40], 2],
  ])('from %i begins with what held then', (from, times, first) => {
    const course = courseSince(points, from);
    expect(course.map(({ at }) => at)).toEqual(times);
    expect(course[0]?.length).toBe(first);
  });
});

describe('a thinned course', () => {
  it('is unchanged if it is short', () => {
    expect(thinned(points, 3)).toEqual(points);
    expect(thinned([], 3)).toEqual([]);
  });

  it('keeps the longest queue and what holds after each part, gaps too', () => {
    const many = [
      { at: 0, length: 1 },
      { at: 1, length: 7 },
      { at: 2, length: 0 },
      { at: 50, length: 1 },
      { at: 51, length: null },
      { at: 99, length: 3 },
      { at: 100, length: 3 },
      { at: 101, length: 2 },
      { at: 102, length: 3 },
    ];
    expect(thinned(many, 8)).toEqual([
      { at: 1, length: 7 },
      { at: 2, length: 0 },
      { at: 50, length: 1 },
      { at: 51, length: null },
      { at: 102, length: 3 },
    ]);
  });

  it('has no more points than asked for and the same longest queue', () => {
    const { record, to } = traceOf(queueWorlds.steady, 3);
    const few = thinned(record, 200);
    const longest = (course: QueuePoint[]): number =>
      Math.max(...runsOf(course, to).flatMap((run) => run.map(({ length }) => length)));
    expect(record.length).toBeGreaterThan(1_000);
    expect(few.length).toBeLessThanOrEqual(200);
    expect(longest(few)).toBe(longest(record));
    expect(few.at(-1)).toEqual(record.at(-1));
  });
});
