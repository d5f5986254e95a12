import { expect, it } from 'vitest';

import { holdersOf } from './holders.ts';

const handOver = (at: number, from: string | null, to: string) => ({ at, from_owner: from, to_owner: to });

it('names everyone who held a booking, one after the other, to its end', () => {
  const row = { owner: 'olga', requested_at: 10, ended_at: 90 };
  expect(holdersOf(row, [])).toEqual([{ owner: 'olga', from: 10, to: 90 }]);
  expect(holdersOf(row, [handOver(30, 'oscar', 'vera'), handOver(50, 'vera', 'olga')])).toEqual([
    { owner: 'oscar', from: 10, to: 30 },
    { owner: 'vera', from: 30, to: 50 },
    { owner: 'olga', from: 50, to: 90 },
  ]);
  expect(holdersOf({ ...row, ended_at: null }, [handOver(30, null, 'olga')])).toEqual([
    { owner: null, from: 10, to: 30 },
    { owner: 'olga', from: 30, to: null },
  ]);
});
