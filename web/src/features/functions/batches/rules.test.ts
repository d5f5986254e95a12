import { expect, it } from 'vitest';

import { batchParts, batchWords, stopRefusal } from './rules.ts';

const counts = { count: 1200, started: 10, open: 4, done: 5, failed: 1 };

it('tells the progress in words and in parts that add up', () => {
  expect(batchWords(counts)).toBe('10 of 1,200 started · 4 open · 5 done · 1 failed');
  expect(batchParts(counts)).toEqual({ done: 5, failed: 1, open: 4, left: 1190 });
  expect(batchParts({ count: 2, started: 2, open: 1, done: 2, failed: 0 }).left).toBe(0);
});

it('lets the owner and admins stop what still runs', () => {
  const batch = { state: 'running', owner: 'ada' } as const;
  expect(stopRefusal(batch, { name: 'ada', role: 'operator' })).toBeNull();
  expect(stopRefusal(batch, { name: 'root', role: 'admin' })).toBeNull();
  expect(stopRefusal(batch, { name: 'bob', role: 'operator' })).toMatch(/Only ada/);
  expect(stopRefusal(batch, { name: 'ada', role: 'viewer' })).toMatch(/operator role/);
  expect(stopRefusal({ ...batch, state: 'stopping' }, { name: 'ada', role: 'operator' })).toMatch(/being/);
  expect(stopRefusal({ ...batch, state: 'done' }, { name: 'ada', role: 'operator' })).toMatch(/ended/);
});
