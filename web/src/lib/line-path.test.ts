import { expect, it } from 'vitest';

import { linePath } from './line-path.ts';

const down = (value: number) => 100 - value;

it('joins neighbours and leaves gaps open', () => {
  expect(linePath([0, 10, 20, 30, 40], [1, 2.25, null, 3, 4], down)).toBe('M0,99L10,97.8M30,97L40,96');
});

it('makes a value between gaps a dot, and a gap no zero', () => {
  expect(linePath([0, 10, 20], [null, 5, null], down)).toBe('M10,95h0.1');
  expect(linePath([0, 10], [null, null], down)).toBe('');
  expect(linePath([0, 10, 20], [NaN, 5, Infinity], down)).toBe('M10,95h0.1');
});

it('takes a missing value for a gap', () => {
  expect(linePath([0, 10, 20], [1, 2], down)).toBe('M0,99L10,98');
});
