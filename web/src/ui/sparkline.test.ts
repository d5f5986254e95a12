import { expect, it } from 'vitest';

import { sparklinePath } from './sparkline.tsx';

it('leaves a gap open instead of drawing it as zero', () =>
  expect(sparklinePath([0, 10, null, 5], 30, 10, 10)).toBe('M0,10L10,0M30,5h0.1'));

it('draws nothing for no values and stays finite where all are zero', () => {
  expect(sparklinePath([], 30, 10, 0)).toBe('');
  expect(sparklinePath([0, 0], 30, 10, 0)).toBe('M0,10L30,10');
});
