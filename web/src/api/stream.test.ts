import type { ServerEvent } from '@cyclorama/shared/events.ts';
import type { Topology } from '@cyclorama/shared/topology.ts';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { live } from '../testing/builders/common.ts';
import { location, topologyOf } from '../testing/builders/topology.ts';
import { getConnection, setConnection } from './connection.ts';
import { keys } from './keys.ts';
import { startStream } from './stream.ts';

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  readyState = 0;
  close = () => {
    this.readyState = FakeSource.CLOSED;
  };
  open = () => {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  };
  say = (event: ServerEvent) =>
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(event) }));
  fail = (state: number) => {
    this.readyState = state;
    this.dispatchEvent(new Event('error'));
  };
}

const topology = topologyOf([], { epoch: 'p' });
const patch = (from: number): ServerEvent => ({
  type: 'topology',
  patch: {
    epoch: 'p',
    from,
    revision: from + 1,
    freshness: live,
    remove: [],
    upsert: [location(`l${from}`)],
  },
});

let client: QueryClient;
let sources: FakeSource[];
let stop: () => void;
const newest = (): FakeSource => {
  const source = sources.at(-1);
  if (source === undefined) throw new Error('no stream was opened');
  return source;
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeSource);
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('{"upstreams":[]}'));
  setConnection('connecting', 0);
  client = new QueryClient();
  sources = [];
  const open = () => {
    const source = new FakeSource();
    sources.push(source);
    return source as unknown as EventSource;
  };
  stop = startStream(client, { open, now: Date.now, random: () => 0.5 });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('applies the patches of one frame in one go', async () => {
  client.setQueryData(keys.topology, topology);
  const changes = vi.fn<() => void>();
  const unsubscribe = client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.query.queryKey[0] === 'topology' && event.action.type === 'success')
      changes();
  });
  newest().open();
  newest().say(patch(1));
  newest().say(patch(2));
  await vi.advanceTimersByTimeAsync(300);
  unsubscribe();
  expect(client.getQueryData<Topology>(keys.topology)).toMatchObject({
    revision: 3,
    nodes: [{ id: 'l1' }, { id: 'l2' }],
  });
  expect(changes).toHaveBeenCalledOnce();
});

it('reads the topology anew after a gap', async () => {
  client.setQueryData(keys.topology, topology);
  newest().open();
  newest().say(patch(7));
  await vi.advanceTimersByTimeAsync(300);
  expect(client.getQueryState(keys.topology)?.isInvalidated).toBe(true);
});

it('says it is delayed and polls after five seconds without a stream, and is live again when it comes', async () => {
  newest().open();
  expect(getConnection().state).toBe('live');
  newest().fail(0);
  await vi.advanceTimersByTimeAsync(4900);
  expect(getConnection().state).toBe('live');
  await vi.advanceTimersByTimeAsync(200);
  expect(getConnection().state).toBe('delayed');
  expect(fetch).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(fetch).toHaveBeenCalledTimes(2);
  newest().open();
  expect(getConnection().state).toBe('live');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetch).toHaveBeenCalledTimes(2);
});

it('is offline while nothing answers at all', async () => {
  vi.mocked(fetch).mockRejectedValue(new TypeError('network'));
  newest().fail(0);
  await vi.advanceTimersByTimeAsync(5100);
  expect(getConnection().state).toBe('offline');
});

it('opens a stream anew that was given up, later each time, and reads everything again then', async () => {
  client.setQueryData(keys.overview, {});
  newest().open();
  newest().fail(FakeSource.CLOSED);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sources).toHaveLength(2);
  newest().fail(FakeSource.CLOSED);
  await vi.advanceTimersByTimeAsync(1900);
  expect(sources).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(200);
  expect(sources).toHaveLength(3);
  expect(client.getQueryState(keys.overview)?.isInvalidated).toBe(false);
  newest().open();
  newest().say({ type: 'hello', epoch: 'p', serverTime: '2026-01-01T00:00:00Z', person: 'ada' });
  expect(client.getQueryState(keys.overview)?.isInvalidated).toBe(true);
});
