import { expect, it } from 'vitest';

import { usageByPerson, usageTypes } from './usage.rules.ts';

const rows = [
  { owner: 'bo', type: 'z', bookings: 1, seconds: 100 },
  { owner: 'ada', type: 'z', bookings: 2, seconds: 50 },
  { owner: 'ada', type: 'a', bookings: 1, seconds: 200 },
  { owner: null, type: 'a', bookings: 1, seconds: 10 },
];

it('sums up each person over the types, the most first', () => {
  const types = usageTypes(rows);
  expect(types).toEqual(['a', 'z']);
  const people = usageByPerson(rows, types);
  expect(people.map(({ owner, seconds, bookings }) => [owner, seconds, bookings])).toEqual([
    ['ada', 250, 3],
    ['bo', 100, 1],
    [null, 10, 1],
  ]);
  expect(people[0]?.byType.map(({ type }) => type)).toEqual(['a', 'z']);
});
