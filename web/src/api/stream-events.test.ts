// @vitest-environment jsdom
import type { BatchesResponse, Claim, ClaimsResponse } from '@cyclorama/shared/claims.ts';
import type { Freshness } from '@cyclorama/shared/common.ts';
import type { ServerEvent } from '@cyclorama/shared/events.ts';
import type { Topology } from '@cyclorama/shared/topology.ts';
import { QueryClient } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';

import { batch, claim } from '../testing/builders/claims.ts';
import { live, stale, upstream } from '../testing/builders/common.ts';
import { activityEntry } from '../testing/builders/environment.ts';
import { keys } from './keys.ts';
import { applyEvents } from './stream-events.ts';
import type { Refresh } from './stream-events.ts';

const claimIn = (id: string, state: Claim['state']) => claim({ id, state });

it('puts a changed claim into every list that has it and asks for the lists again', () => {
  const client = new QueryClient();
  const refresh = vi.fn<Refresh>();
  const list = [...keys.claimLists, { state: 'open' }];
  client.setQueryData(list, { claims: [claimIn('a', 'claimed'), claimIn('b', 'claimed')] });
  applyEvents(client, [{ type: 'claim', claim: claimIn('b', 'running') }], refresh);
  expect(client.getQueryData<ClaimsResponse>(list)?.claims.map(({ state }) => state)).toEqual([
    'claimed',
    'running',
  ]);
  expect(refresh.mock.calls.map(([key]) => key)).toEqual([keys.claims, keys.functions, keys.overview]);
});

it('puts a changed claim into the pages of a longer list', () => {
  const client = new QueryClient();
  const list = [...keys.claimPages, { state: 'open' }];
  client.setQueryData(list, {
    pages: [{ claims: [claimIn('a', 'claimed')] }, { claims: [claimIn('b', 'claimed')] }],
    pageParams: [undefined, 'a'],
  });
  applyEvents(client, [{ type: 'claim', claim: claimIn('b', 'running') }], () => {});
  expect(client.getQueryData(list)).toMatchObject({
    pages: [{ claims: [{ state: 'claimed' }] }, { claims: [{ state: 'running' }] }],
  });
});

it('follows a batch it knows and asks for the list where it is new', () => {
  const client = new QueryClient();
  const refresh = vi.fn<Refresh>();
  client.setQueryData(keys.claimBatchList, { batches: [batch({ id: 'a', done: 1 })] });
  applyEvents(client, [{ type: 'claim-batch', batch: batch({ id: 'a', done: 2 }) }], refresh);
  expect(client.getQueryData<BatchesResponse>(keys.claimBatchList)?.batches).toEqual([
    batch({ id: 'a', done: 2 }),
  ]);
  expect(client.getQueryData(keys.claimBatch('a'))).toEqual(batch({ id: 'a', done: 2 }));
  expect(refresh).not.toHaveBeenCalled();
  applyEvents(client, [{ type: 'claim-batch', batch: batch({ id: 'b', done: 0 }) }], refresh);
  expect(refresh).toHaveBeenCalledWith(keys.claimBatchList);
});

it('puts a new activity entry on top once', () => {
  const client = new QueryClient();
  const list = [...keys.activity, 'list', {}];
  client.setQueryData(list, {
    pages: [{ entries: [activityEntry({ id: 1 })], nextBefore: null }],
    pageParams: [undefined],
  });
  const event = { type: 'activity', entry: activityEntry({ id: 2 }) } as const;
  applyEvents(client, [event, event], () => {});
  expect(client.getQueryData(list)).toMatchObject({ pages: [{ entries: [{ id: 2 }, { id: 1 }] }] });
});

it('reads everything anew on resync', () => {
  const client = new QueryClient();
  client.setQueryData(keys.overview, {});
  applyEvents(client, [{ type: 'resync', reason: 'too far behind' }], () => {});
  expect(client.getQueryState(keys.overview)?.isInvalidated).toBe(true);
});

it('tells in the lists of robots that rerobots fails, and nothing new where it fails on', () => {
  const client = new QueryClient();
  const told = (freshness: Freshness) =>
    applyEvents(
      client,
      [{ type: 'upstreams', upstreams: [upstream({ ...freshness, name: 'rerobots', label: 'rerobots' })] }],
      () => {},
    );
  client.setQueryData(keys.deployments, { freshness: live, deployments: [] });
  client.setQueryData(keys.deployment('a'), { freshness: live });
  told(stale);
  expect(client.getQueryData(keys.deployment('a'))).toEqual({ freshness: stale });
  const shown = client.getQueryData(keys.deployments);
  expect(shown).toEqual({ freshness: stale, deployments: [] });
  told(stale);
  expect(client.getQueryData(keys.deployments)).toBe(shown);
});

const topology: Topology = { epoch: 'p', revision: 1, freshness: live, nodes: [] };
const patch = (from: number): ServerEvent => ({
  type: 'topology',
  patch: {
    epoch: 'p',
    from,
    revision: from + 1,
    freshness: live,
    remove: [],
    upsert: [{ kind: 'location', id: `l${from}`, name: 'x', provider: null }],
  },
});

it('applies the patches of one frame in one go', () => {
  const client = new QueryClient();
  client.setQueryData(keys.topology, topology);
  const changes = vi.fn<() => void>();
  client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.query.queryKey[0] === 'topology' && event.action.type === 'success')
      changes();
  });
  applyEvents(client, [patch(1), patch(2)], () => {});
  expect(client.getQueryData<Topology>(keys.topology)).toMatchObject({
    revision: 3,
    nodes: [{ id: 'l1' }, { id: 'l2' }],
  });
  expect(changes).toHaveBeenCalledOnce();
});

it('reads the topology anew after a gap', () => {
  const client = new QueryClient();
  client.setQueryData(keys.topology, topology);
  applyEvents(client, [patch(7)], () => {});
  expect(client.getQueryState(keys.topology)?.isInvalidated).toBe(true);
});

it('reads again what tells of its age once an upstream fails or is back, and nothing where it stays as it is', () => {
  const client = new QueryClient();
  const told = (state: Freshness['state']) =>
    applyEvents(
      client,
      [{ type: 'upstreams', upstreams: [{ ...live, state, name: 'cycle', label: 'Cycle', budget: null }] }],
      () => {},
    );
  const isOld = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;
  told('live');
  client.setQueryData(keys.functions, { freshness: live });
  client.setQueryData(keys.topology, topology);
  client.setQueryData(keys.accessTokens, {});
  told('live');
  expect(isOld(keys.functions)).toBe(false);
  told('stale');
  expect([keys.functions, keys.topology, keys.accessTokens].map(isOld)).toEqual([true, false, false]);
  client.setQueryData(keys.functions, { freshness: { ...live, state: 'stale' } });
  told('live');
  expect(isOld(keys.functions)).toBe(true);
});
