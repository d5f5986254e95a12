import { expect, it } from 'vitest';

import { chosenSpan, edgesOf, panned, spanOf } from './time-range.ts';

it('is a fixed span only where both ends are there and in order', () => {
  expect(spanOf({ from: 10, to: 20, range: '6h' })).toEqual({ live: false, from: 10, to: 20 });
  expect(spanOf({ from: 20, to: 10 })).toEqual({ live: true, range: '1h' });
  expect(spanOf({ from: 10, range: '7d' })).toEqual({ live: true, range: '7d' });
});

it('is none where nothing was chosen', () => {
  expect(chosenSpan({ from: 20, to: 10 })).toBeNull();
  expect(chosenSpan({ range: '7d' })).toEqual({ live: true, range: '7d' });
});

it('ends now while it is live', () => {
  expect(edgesOf({ live: true, range: '1h' }, 5_000_000)).toEqual({ from: 1_400_000, to: 5_000_000 });
  expect(edgesOf({ live: false, from: 1, to: 2 }, 9)).toEqual({ from: 1, to: 2 });
});

it('moves by half its length, never into the future', () => {
  expect(panned({ from: 100, to: 200 }, -1, 1000)).toEqual({ from: 50, to: 150 });
  expect(panned({ from: 100, to: 200 }, 1, 210)).toEqual({ from: 110, to: 210 });
});
