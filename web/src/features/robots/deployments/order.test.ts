import { expect, it } from 'vitest';

import { deployment } from '../../../testing/builders/robots.ts';
import { orderChange, orderDeployments, orderOf, pageOf } from './order.ts';

const robot = (id: string, queueLength: number | null) => deployment({ id, queueLength });

it('reads and writes the API’s own names where it has one', () => {
  expect(orderOf({ sort_by: 'dec_created' })).toEqual({ key: 'created', direction: 'desc' });
  expect(orderOf({})).toEqual({ key: 'type', direction: 'asc' });
  expect(orderOf({ sort: 'queue', dir: 'desc' })).toEqual({ key: 'queue', direction: 'desc' });
  expect(orderChange({ key: 'count', direction: 'desc' })).toMatchObject({
    sort_by: 'dec_count',
    sort: undefined,
  });
  expect(orderChange({ key: 'queue', direction: 'asc' })).toMatchObject({
    sort_by: undefined,
    sort: 'queue',
    dir: 'asc',
  });
});

it('puts what was not read last, whichever way', () => {
  const robots = [robot('a', null), robot('b', 2), robot('c', 0)];
  const ids = (direction: 'asc' | 'desc') =>
    orderDeployments(robots, { key: 'queue', direction }).map(({ id }) => id);
  expect(ids('asc')).toEqual(['c', 'b', 'a']);
  expect(ids('desc')).toEqual(['b', 'c', 'a']);
});

it('pages as the API does: beyond the last is the last, none asked for is all', () => {
  const items = [1, 2, 3, 4, 5];
  expect(pageOf(items, { max_per_page: 2, page: 9 })).toEqual({ items: [5], page: 3, pages: 3, from: 5 });
  expect(pageOf(items, { max_per_page: 2 })).toEqual({ items: [1, 2], page: 1, pages: 3, from: 1 });
  expect(pageOf(items, {})).toMatchObject({ items, pages: 1 });
  expect(pageOf([], { max_per_page: 2, page: 2 })).toEqual({ items: [], page: 1, pages: 1, from: 0 });
});
