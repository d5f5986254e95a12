import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { describe, expect, it } from 'vitest';

import { countDeployments, searchDeployments, shortestQueue, whyNotBookable } from './deployments.rules.ts';

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
  it.each([
    [{}, ['misty', 'far', 'off', 'locked', 'unread']],
    [{ q: 'MISTY' }, ['misty', 'far', 'off']],
    [{ q: 'mass' }, ['far']],
    [{ q: '%' }, []],
    [{ types: 'basic_kobuki,null' }, ['locked', 'unread']],
    [{ types: '!fixed_misty2' }, ['locked', 'unread']],
    [{ types: '' }, ['misty', 'far', 'off', 'locked', 'unread']],
    [{ maxlen: 1 }, ['far', 'off', 'locked']],
    [{ q: 'misty', maxlen: 0 }, ['off']],
  ])('%j finds %j', (query, expected) => {
    expect(ids(query)).toEqual(expected);
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
