import { expect, it } from 'vitest';

import { createGathered } from './gathered.ts';
import type { Runs } from './gathered.ts';

const BUCKETS = 6;
const sumOf = (...instances: [values: (number | null)[], on: Runs][]): (number | null)[] => {
  const gathered = createGathered(BUCKETS);
  for (const [values, on] of instances) gathered.add({ means: () => values }, on);
  return gathered.values('sum', BUCKETS).cpu ?? [];
};
const on = (serverId: string, since = 0): Runs => ({ serverId, since });
const steady = [1, 1, 1, 1, 1, 1];

it('is unknown while a server is silent whose instance ran all the while', () => {
  expect(sumOf([steady, on('a')], [[2, 2, null, null, 2, 2], on('b')])).toEqual([3, 3, null, null, 3, 3]);
});

it('is of the others while an instance of a server that tells is not there', () => {
  const gap = [2, 2, null, null, 2, 2];
  expect(sumOf([steady, on('a')], [gap, on('a')])).toEqual([3, 3, 1, 1, 3, 3]);
});

it('is of the others while a server has nothing that ran before and after', () => {
  const gap = [2, 2, null, null, 2, 2];
  expect(sumOf([steady, on('a')], [gap, on('b', 4)])).toEqual([3, 3, 1, 1, 3, 3]);
  expect(sumOf([steady, on('a')], [gap, on('b', Number.POSITIVE_INFINITY)])).toEqual([3, 3, 1, 1, 3, 3]);
  expect(sumOf([steady, on('a')], [[null, null, 2, 2, null, null], on('b')])).toEqual([1, 1, 3, 3, 1, 1]);
});

it('is unknown from when an instance that was started amid a silence must have been measured', () => {
  expect(sumOf([steady, on('a')], [[2, null, null, null, 2, 2], on('b', 2)])).toEqual([
    3,
    1,
    null,
    null,
    3,
    3,
  ]);
});
