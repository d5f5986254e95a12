import { expect, it } from 'vitest';

import { batchParts, batchText } from './rules.ts';

const counts = { count: 1200, started: 10, open: 4, done: 5, failed: 1 };

it('tells the progress in words and in parts that add up', () => {
  expect(batchText(counts)).toBe('10 of 1,200 started · 4 open · 5 done · 1 failed');
  expect(batchParts(counts)).toEqual({ done: 5, failed: 1, open: 4, left: 1190 });
  expect(batchParts({ count: 2, started: 2, open: 1, done: 2, failed: 0 }).left).toBe(0);
});
