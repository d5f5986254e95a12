import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import type { Claim, ClaimsResponse } from '@cyclorama/shared/claims.ts';
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
