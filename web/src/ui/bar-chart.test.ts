import { expect, it } from 'vitest';

import { niceTicks } from './bar-chart.ticks.ts';

it.each([
  [0, [0, 1]],
  [3, [0, 1, 2, 3]],
  [120, [0, 50, 100, 150]],
  [196, [0, 100, 200]],
  [901_223, [0, 500_000, 1_000_000]],
])('an axis to %d', (most, ticks) => {
  expect(niceTicks(most)).toEqual(ticks);
});
