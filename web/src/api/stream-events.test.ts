import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import type { BatchesResponse, Claim, ClaimBatch, ClaimsResponse } from '@cyclorama/shared/claims.ts';
import type { Freshness } from '@cyclorama/shared/common.ts';
import { QueryClient } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';

import { keys } from './keys.ts';
import { applyEvents } from './stream-events.ts';
import type { Refresh } from './stream-events.ts';

// Only what the cache looks at: who it is, and something that changes.
const claim = (id: string, state: Claim['state']): Claim => ({ id, state }) as Claim;
const entry = (id: number): ActivityEntry => ({
  id,
  at: '2026-01-01T00:00:00Z',
  actor: null,
  action: 'x',
  subject: null,
  outcome: 'done',
  detail: null,
});

it('puts a changed claim into every list that has it and asks for the lists again', () => {
  const client = new QueryClient();
  const refresh = vi.fn<Refresh>();
  const list = [...keys.claimLists, { state: 'open' }];
  client.setQueryData(list, { claims: [claim('a', 'claimed'), claim('b', 'claimed')] });
  applyEvents(client, [{ type: 'claim', claim: claim('b', 'running') }], refresh);
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
    pages: [{ claims: [claim('a', 'claimed')] }, { claims: [claim('b', 'claimed')] }],
    pageParams: [undefined, 'a'],
  });
  applyEvents(client, [{ type: 'claim', claim: claim('b', 'running') }], () => {});
  expect(client.getQueryData(list)).toMatchObject({
    pages: [{ claims: [{ state: 'claimed' }] }, { claims: [{ state: 'running' }] }],
  });
});

it('follows a batch it knows and asks for the list where it is new', () => {
  const client = new QueryClient();
  const refresh = vi.fn<Refresh>();
  const batch = (id: string, done: number) => ({ id, done }) as ClaimBatch;
  client.setQueryData(keys.claimBatchList, { batches: [batch('a', 1)] });
  applyEvents(client, [{ type: 'claim-batch', batch: batch('a', 2) }], refresh);
  expect(client.getQueryData<BatchesResponse>(keys.claimBatchList)?.batches).toEqual([batch('a', 2)]);
  expect(client.getQueryData(keys.claimBatch('a'))).toEqual(batch('a', 2));
  expect(refresh).not.toHaveBeenCalled();
  applyEvents(client, [{ type: 'claim-batch', batch: batch('b', 0) }], refresh);
  expect(refresh).toHaveBeenCalledWith(keys.claimBatchList);
});

it('puts a new activity entry on top once', () => {
  const client = new QueryClient();
  const list = [...keys.activity, 'list', {}];
  client.setQueryData(list, { pages: [{ entries: [entry(1)], nextBefore: null }], pageParams: [undefined] });
  const event = { type: 'activity', entry: entry(2) } as const;
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
  const live = { state: 'live', asOf: null, failingSince: null, reason: null } as const;
  const failing = {
    state: 'stale',
    asOf: '2026-01-01T00:00:00Z',
    failingSince: null,
    reason: 'Refused.',
  } as const;
  const told = (freshness: Freshness) =>
    applyEvents(
      client,
      [
        {
          type: 'upstreams',
          upstreams: [{ ...freshness, name: 'rerobots', label: 'rerobots', budget: null }],
        },
      ],
      () => {},
    );
  client.setQueryData(keys.deployments, { freshness: live, deployments: [] });
  client.setQueryData(keys.deployment('a'), { freshness: live });
  told(failing);
  expect(client.getQueryData(keys.deployment('a'))).toEqual({ freshness: failing });
  const shown = client.getQueryData(keys.deployments);
  expect(shown).toEqual({ freshness: failing, deployments: [] });
  told(failing);
  expect(client.getQueryData(keys.deployments)).toBe(shown);
});
