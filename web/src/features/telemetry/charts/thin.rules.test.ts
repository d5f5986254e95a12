import { array, assert, integer, option, property } from 'fast-check';
import { expect, it } from 'vitest';

import { thinned } from './thin.rules.ts';

const column = array(option(integer({ min: -1_000, max: 1_000 })), { minLength: 1, maxLength: 900 });
const known = (values: readonly (number | null)[] = []) => values.filter((value) => value !== null);

it('keeps the highest and the lowest, at no more points than asked', () => {
  assert(
    property(column, integer({ min: 4, max: 500 }), (values, most) => {
      const times = values.map((_, index) => index * 10);
      const thin = thinned({ times, values: [values] }, most);
      const [drawn = []] = thin.values;
      expect(drawn.length).toBe(thin.times.length);
      expect(drawn.length).toBeLessThanOrEqual(Math.max(most, 4));
      expect(thin.times).toEqual(thin.times.toSorted((a, b) => a - b));
      expect(new Set(thin.times).size).toBe(thin.times.length);
      // Infinite where nothing is known.
      expect(Math.max(...known(drawn))).toBe(Math.max(...known(values)));
      expect(Math.min(...known(drawn))).toBe(Math.min(...known(values)));
    }),
  );
});

it('shows one sample’s peak among thousands, where it was, and a gap as a gap', () => {
  const values: (number | null)[] = Array.from({ length: 5_000 }, () => 1);
  values[2_500] = 99;
  values.fill(null, 4_000, 4_500);
  const times = values.map((_, index) => index);
  const { times: at, values: drawn } = thinned({ times, values: [values] });
  const line = drawn[0] ?? [];
  expect(at[line.indexOf(99)]).toBeGreaterThanOrEqual(2_490);
  expect(at[line.indexOf(99)]).toBeLessThanOrEqual(2_510);
  expect(line.filter((value) => value === null)).toHaveLength(50);
});

it('leaves what is few enough as it is', () => {
  const columns = { times: [1, 2, 3], values: [[1, null, 3]] };
  expect(thinned(columns)).toBe(columns);
});
