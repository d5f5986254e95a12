import { expect, it } from 'vitest';

import { countBy, matchesText, toggled } from './text-filter.ts';

it('wants every word, in any field and any case', () => {
  expect(matchesText('API fra', ['api-1', null, 'fra-01'])).toBe(true);
  expect(matchesText('api muc', ['api-1', null, 'fra-01'])).toBe(false);
  expect(matchesText('  ', [])).toBe(true);
});

it('counts values, the most frequent first', () =>
  expect(countBy(['b', 'a', 'b', 'c'], (each) => each)).toEqual([
    { value: 'b', count: 2 },
    { value: 'a', count: 1 },
    { value: 'c', count: 1 },
  ]));

it('toggles a value and leaves an empty list out', () => {
  expect(toggled(undefined, 'a')).toEqual(['a']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  expect(toggled(['a'], 'a')).toBeUndefined();
});
