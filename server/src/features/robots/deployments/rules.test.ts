import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { describe, expect, it } from 'vitest';

import {
  countDeployments,
  pageOfDeployments,
  searchDeployments,
  shortestQueue,
  sortDeployments,
  whyNotBookable,
} from './rules.ts';

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
    expect(sortDeployments(some, by).map(({ id }) => id)).toEqual(expected);
  });
});

describe('a page', () => {
  const cut = (query: Parameters<typeof pageOfDeployments>[1]) => {
    const { deployments, ...rest } = pageOfDeployments(all, query);
    return [deployments.map(({ id }) => id), rest];
  };
  it('is everything without a size, and the last one where a later one is asked for', () => {
    expect(cut({ page: 7 })).toEqual([all.map(({ id }) => id), { page: 1, pageCount: 1, total: 5 }]);
    expect(cut({ max_per_page: 2, page: 2 })).toEqual([
      ['off', 'locked'],
      { page: 2, pageCount: 3, total: 5 },
    ]);
    expect(cut({ max_per_page: 2, page: 9 })).toEqual([['unread'], { page: 3, pageCount: 3, total: 5 }]);
    expect(pageOfDeployments([], { max_per_page: 2 })).toMatchObject({ pageCount: 1, total: 0 });
  });
});

describe('what can be booked', () => {
  it('is neither offline nor locked out; the shortest queue wins', () => {
    expect(all.filter((one) => whyNotBookable(one) === null).map(({ id }) => id)).toEqual([
      'misty',
      'far',
      'unread',
    ]);
    expect(shortestQueue(all, 'fixed_misty2')?.id).toBe('far');
    expect(shortestQueue(all, 'nothing')).toBeNull();
  });

  it('is counted only where it is known', () => {
    expect(countDeployments(all)).toEqual({ deployments: 5, online: 3, free: 0 });
    expect(countDeployments([deployment('free', {})])).toEqual({ deployments: 1, online: 1, free: 1 });
  });
});
