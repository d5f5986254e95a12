import { expect, it } from 'vitest';

import { bandOf, bandPath } from './band.rules.ts';

const api = {
  id: 'a',
  name: 'api-1',
  values: { cpu: [5, 6] },
  lows: { cpu: [1, 2] },
  highs: { cpu: [90, 7] },
};

it('is of what is drawn alone, where it is known', () => {
  expect(bandOf([api], 'cpu')).toEqual({ lows: [1, 2], highs: [90, 7] });
  expect(bandOf([api, { ...api, id: 'b' }], 'cpu')).toBeNull();
  expect(bandOf([api], 'memory')).toBeNull();
  expect(bandOf([{ ...api, highs: { cpu: [null, null] } }], 'cpu')).toBeNull();
  expect(bandOf([], 'cpu')).toBeNull();
});

it('goes along the highest and back along the lowest, and ends at a gap', () => {
  const band = { lows: [1, 2, null, 3], highs: [4, 5, 6, 9] };
  expect(bandPath([0, 10, 20, 30], band, (value) => 10 - value)).toBe('M0,6L10,5L10,8L0,9ZM30,1L30,7Z');
  expect(bandPath([0], { lows: [null], highs: [null] }, (value) => value)).toBe('');
});
