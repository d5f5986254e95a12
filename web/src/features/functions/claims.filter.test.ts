import type { Claim } from '@cyclorama/shared/claims.ts';
import { expect, it } from 'vitest';

import { filterClaims } from './claims.filter.ts';

const claim = (id: string, over: Partial<Claim>): Claim => ({
  id,
  containerId: 'resize',
  containerName: 'Resize',
  instanceId: null,
  state: 'running',
  owner: 'ada',
  requestedAt: '2026-03-26T09:15:00Z',
  spawnBy: null,
  claimedAt: null,
  spawnedAt: null,
  runsUntil: null,
  endedAt: null,
  variableNames: [],
  failure: null,
  ...over,
});
const claims = [
  claim('1', {}),
  claim('2', { owner: 'bob', containerId: 'encode' }),
  claim('3', {
    state: 'refused',
    failure: { code: 'not-available', message: 'No instance became idle in time' },
  }),
];
const ids = (search: Parameters<typeof filterClaims>[1]) =>
  filterClaims(claims, search, 'ada').map(({ id }) => id);

it('shows what is open unless asked for more', () => {
  expect(ids({})).toEqual(['1', '2']);
  expect(ids({ state: 'ended' })).toEqual(['3']);
  expect(ids({ state: 'all' })).toEqual(['1', '2', '3']);
});

it('narrows by owner, function and text', () => {
  expect(ids({ who: 'mine' })).toEqual(['1']);
  expect(ids({ container: 'encode' })).toEqual(['2']);
  expect(ids({ state: 'all', q: ' IDLE in ' })).toEqual(['3']);
});
