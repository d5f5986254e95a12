// @vitest-environment jsdom
import type { Freshness } from '@cyclorama/shared/common.ts';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { setConnection } from './connection.ts';
import { ApiError } from './http.ts';
import { keys } from './keys.ts';
import { startRereading } from './stream-refresh.ts';

const fresh = (state: Freshness['state']) => ({ state, asOf: null, failingSince: null, reason: null });
let client: QueryClient;
let stop: () => void;
const leave: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  setConnection('live', 0);
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  upstream('live');
  stop = startRereading(client);
});
afterEach(() => {
  stop();
  leave.splice(0).forEach((each) => each());
  vi.useRealTimers();
});

const upstream = (state: Freshness['state']) =>
  client.setQueryData(keys.upstreams, { upstreams: [{ ...fresh(state), name: 'cycle' }] });

/** A query with an observer; counts its reads. */
function shown(queryFn: () => Promise<unknown>) {
  const read = vi.fn(queryFn);
  leave.push(new QueryObserver(client, { queryKey: ['shown'], queryFn: read }).subscribe(() => undefined));
  return read;
}

it('reads again what still says stale while all upstreams are live, until it does not', async () => {
  let state: Freshness['state'] = 'stale';
  const read = shown(async () => ({ freshness: fresh(state) }));
  await vi.advanceTimersByTimeAsync(5100);
  expect(read).toHaveBeenCalledTimes(2);
  state = 'live';
  await vi.advanceTimersByTimeAsync(30_000);
  expect(read).toHaveBeenCalledTimes(3);
});

it('leaves it alone while an upstream fails', async () => {
  upstream('stale');
  const read = shown(async () => ({ freshness: fresh('stale') }));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(read).toHaveBeenCalledOnce();
});

it('tries again what could not be reached, and not what was refused for good', async () => {
  const failing = (status: number) => async () => {
    throw new ApiError({ status, code: 'unreadable', message: 'no' });
  };
  const unreachable = shown(failing(0));
  await vi.advanceTimersByTimeAsync(10_100);
  expect(unreachable).toHaveBeenCalledTimes(3);
  client.clear();
  const forbidden = shown(failing(403));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(forbidden).toHaveBeenCalledOnce();
});
