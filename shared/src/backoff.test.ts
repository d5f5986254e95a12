import { expect, it } from 'vitest';

import { backoffMs } from './backoff.ts';

it('doubles from the first wait to the longest, however many failures there were', () => {
  const waits = [1, 2, 3, 4, 5, 2_000].map((failures) =>
    backoffMs(failures, { firstMs: 1_000, longestMs: 6_000, random: () => 0.5 }),
  );
  expect(waits).toEqual([1_000, 2_000, 4_000, 6_000, 6_000, 6_000]);
});

it('spreads by a quarter to either side', () => {
  const waits = [0, 0.5, 1].map((chance) =>
    backoffMs(1, { firstMs: 1_000, longestMs: 6_000, random: () => chance }),
  );
  expect(waits).toEqual([750, 1_000, 1_250]);
});
