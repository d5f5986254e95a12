import { describe, expect, it } from 'vitest';

import type { RobotDeployment } from '../robots.ts';
import {
  availabilityOf,
  deploymentOrders,
  deploymentRefusal,
  pageOf,
  searchDeployments,
  sortDeployments,
} from './deployments.ts';

const deployment = (id: string, over: Partial<RobotDeployment>): RobotDeployment => ({
  id,
  type: 'null',
  typeVersion: 1,
  region: 'us:cali',
  description: '',
  addons: [],
  queueLength: 0,
  online: true,
  lockedOut: false,
  instancesSoFar: 0,
  createdAt: null,
  ...over,
});
const all = [
  deployment('misty', { type: 'fixed_misty2', queueLength: 2 }),
  deployment('far', { type: 'fixed_misty2', region: 'us:mass', queueLength: 1 }),
  deployment('off', { type: 'fixed_misty2', online: false }),
  deployment('locked', { type: 'basic_kobuki', lockedOut: true }),
  deployment('unread', { type: 'basic_kobuki', queueLength: null, online: null }),
];
const ids = (query: Parameters<typeof searchDeployments>[1]): string[] =>
  searchDeployments(all, query).map(({ id }) => id);

describe('the search', () => {
  it.each<[Parameters<typeof searchDeployments>[1], string[]]>([
    [{}, ['misty', 'far', 'off', 'locked', 'unread']],
    [{ q: 'MISTY' }, ['misty', 'far', 'off']],
    [{ q: 'mass' }, ['far']],
    [{ q: '%' }, []],
    [{ types: 'basic_kobuki,null' }, ['locked', 'unread']],
    [{ types: '!fixed_misty2' }, ['locked', 'unread']],
    [{ types: '' }, ['misty', 'far', 'off', 'locked', 'unread']],
    [{ maxlen: 1 }, ['far', 'off', 'locked']],
    [{ q: 'misty', maxlen: 0 }, ['off']],
    [{ q: 'kobuki', maxlen: 'u' }, ['locked', 'unread']],
  ])('%j finds %j', (query, expected) => {
    expect(ids(query)).toEqual(expected);
  });
});

describe('the order', () => {
  const some = [
    deployment('b', { type: 'x', instancesSoFar: 5, createdAt: '2021-01-01T00:00:00.000Z' }),
    deployment('a', { type: 'x', instancesSoFar: null, createdAt: '2019-01-01T00:00:00.000Z' }),
    deployment('c', { type: 'a', instancesSoFar: 30, createdAt: null }),
  ];
  it.each([
    [undefined, ['c', 'a', 'b']],
    ['inc_wtype', ['c', 'a', 'b']],
    ['dec_wtype', ['a', 'b', 'c']],
    ['inc_created', ['a', 'b', 'c']],
    ['dec_created', ['b', 'a', 'c']],
    ['inc_count', ['b', 'c', 'a']],
    ['dec_count', ['c', 'b', 'a']],
  ] as const)('%s is %j, the unknown last', (by, expected) => {
    expect(sortDeployments(some, deploymentOrders[by ?? 'inc_wtype']).map(({ id }) => id)).toEqual(expected);
  });
});

describe('a page', () => {
  const cut = (query: Parameters<typeof pageOf>[1]) => {
    const { items, page, pages } = pageOf(all, query);
    return [items.map(({ id }) => id), page, pages];
  };
  it('is everything without a size, and the last one where a later one is asked for', () => {
    expect(cut({ page: 7 })).toEqual([all.map(({ id }) => id), 1, 1]);
    expect(cut({ max_per_page: 2, page: 2 })).toEqual([['off', 'locked'], 2, 3]);
    expect(cut({ max_per_page: 2, page: 9 })).toEqual([['unread'], 3, 3]);
  });
});

it('puts what was not read last, whichever way', () => {
  const robots = [
    deployment('a', { queueLength: null }),
    deployment('b', { queueLength: 2 }),
    deployment('c', {}),
  ];
  const ids = (direction: 'asc' | 'desc') =>
    sortDeployments(robots, { key: 'queue', direction }).map(({ id }) => id);
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

it('can book what is neither offline nor locked out', () => {
  expect(all.filter((one) => deploymentRefusal(one) === null).map(({ id }) => id)).toEqual([
    'misty',
    'far',
    'unread',
  ]);
  expect(all.map(availabilityOf)).toEqual(['online', 'online', 'offline', 'locked out', 'online']);
});
