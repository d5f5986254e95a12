import { expect, it } from 'vitest';

import { abouts, shownRows } from './rows.ts';

const one = (number: number, topic: string, objectId: string) => ({
  number,
  topic,
  objectId,
  at: '2026-03-26T09:15:00Z',
  state: 'running',
  stateBefore: null,
  raw: null,
});
const all = [
  one(1, 'container.state.changed', 'c1'),
  one(2, 'environment.services.reconfigured', 'e1'),
  one(3, 'container.instance.state.changed', 'i1'),
];

it('shows the newest first, of one kind or with a text', () => {
  const numbers = (search: Parameters<typeof shownRows>[1]) =>
    shownRows(all, search).map(({ number }) => number);
  expect(numbers({})).toEqual([3, 2, 1]);
  expect(numbers({ about: 'container' })).toEqual([3, 1]);
  expect(numbers({ about: 'container', q: 'i1' })).toEqual([3]);
  expect(abouts(all)).toEqual(['container', 'environment']);
});
