import { expect, it } from 'vitest';

import { runsOf, summarise } from './rules.ts';

const run = (claimId: string, queue: number | null) => ({
  claimId,
  at: '2026-03-26T09:15:00Z',
  queue,
  start: null,
  run: 1,
});

it('leaves out runs that never got to a phase', () => {
  const runs = [run('a', 2), run('b', null), run('c', -1)];
  expect(runsOf(runs, 'queue').map(({ claimId }) => claimId)).toEqual(['a']);
  expect(runsOf(runs, 'start')).toEqual([]);
});

it('names values that were measured', () => {
  const of = (...values: number[]) =>
    summarise(
      runsOf(
        values.map((value) => run('x', value)),
        'queue',
      ),
    );
  expect(of()).toBeNull();
  expect(of(3)).toEqual({ count: 1, median: 3, p95: 3, longest: 3 });
  expect(of(4, 1, 3, 2)).toEqual({ count: 4, median: 2, p95: 4, longest: 4 });
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(of(...hundred)).toEqual({ count: 100, median: 50, p95: 95, longest: 100 });
});
