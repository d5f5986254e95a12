import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { createStreamHub } from './stream-hub.ts';
import type { FromHub, ToHub } from './stream-hub.ts';

class FakeSource extends EventTarget {
  url: string;
  isClosed = false;
  constructor(url: string) {
    super();
    this.url = url;
  }
  close = () => {
    this.isClosed = true;
  };
  say = (event: object, lastEventId = '') =>
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(event), lastEventId }));
  fail = () => this.dispatchEvent(new Event('error'));
}

const heartbeatMs = 10_000;
const time = '2026-01-01T00:00:00Z';
const hello = { type: 'hello', epoch: 'e', serverTime: time, person: 'ada' };
let sources: FakeSource[];
let hub: ReturnType<typeof createStreamHub>;
const newest = (): FakeSource => sources.at(-1) ?? expect.unreachable('no stream was opened');

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  hub = createStreamHub({
    open: (url) => {
      const source = new FakeSource(url);
      sources.push(source);
      return source as unknown as EventSource;
    },
    now: Date.now,
    random: () => 0.5,
  });
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

function page(hidden = false, since = '') {
  const got: FromHub[] = [];
  const port = { post: (message: FromHub) => void got.push(message) };
  const send = (message: ToHub) => hub(port, message);
  send({ kind: 'attach', url: '/events', heartbeatMs, since, hidden });
  const types = () =>
    got.flatMap((each) => (each.kind === 'event' ? [(JSON.parse(each.data) as { type: string }).type] : []));
  return { got, send, types };
}

it('has one stream for all pages, closed with the last', () => {
  const [first, second] = [page(), page()];
  expect(sources).toHaveLength(1);
  newest().say(hello);
  expect([first.types(), second.types()]).toEqual([['hello'], ['hello']]);
  first.send({ kind: 'leave' });
  expect(newest().isClosed).toBe(false);
  second.send({ kind: 'leave' });
  expect(newest().isClosed).toBe(true);
});

it('greets a page that comes later with what it needs to be live', () => {
  page();
  newest().say(hello);
  newest().say({ type: 'heartbeat', serverTime: '2026-01-01T00:00:10Z' });
  expect(page().got).toEqual([
    {
      kind: 'attached',
      greeting: { hello: JSON.stringify(hello), serverTime: '2026-01-01T00:00:10Z', receivedAt: Date.now() },
    },
  ]);
  newest().fail();
  expect(page().got).toEqual([{ kind: 'attached', greeting: null }]);
});

it('keeps for a hidden page what it need not act on, and gives it when it is looked at', () => {
  const hidden = page(true);
  for (const type of ['topology', 'booking', 'claim', 'robot-free']) newest().say({ type });
  expect(hidden.types()).toEqual(['booking', 'robot-free']);
  hidden.send({ kind: 'hidden', hidden: false });
  expect(hidden.types()).toEqual(['booking', 'robot-free', 'topology', 'claim']);
});

it('has a page that was hidden for long read anew instead', () => {
  const hidden = page(true);
  for (let told = 0; told < 1000; told += 1) newest().say({ type: 'claim' });
  hidden.send({ kind: 'hidden', hidden: false });
  expect(hidden.got.slice(1)).toEqual([{ kind: 'missed' }]);
});

it('opens a silent stream anew after two heartbeats and goes on after the last id', async () => {
  const { got } = page();
  newest().say(hello, 'e.7');
  await vi.advanceTimersByTimeAsync(2 * heartbeatMs + 4000);
  expect(sources).toHaveLength(2);
  expect(sources[0]?.isClosed).toBe(true);
  expect(newest().url).toBe('/events?lastEventId=e.7');
  expect(got.at(-1)).toEqual({ kind: 'down' });
});

it('begins with what happened since the page read its session', () => {
  page(false, 'e.5');
  expect(newest().url).toBe('/events?lastEventId=e.5');
});

it('opens a stream that is silent from the start again soon, once something answers', async () => {
  const { send } = page();
  newest().say(hello);
  await vi.advanceTimersByTimeAsync(60_000);
  const tried = sources.length;
  while (sources.length === tried) await vi.advanceTimersByTimeAsync(100);
  await vi.advanceTimersByTimeAsync(500);
  send({ kind: 'check' });
  await vi.advanceTimersByTimeAsync(4500);
  expect(sources).toHaveLength(tried + 2);
});

it('tries a refused stream later each time, at most every eight seconds, until it speaks', async () => {
  page();
  const waits: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const [before, begun] = [sources.length, Date.now()];
    newest().fail();
    while (sources.length === before) await vi.advanceTimersByTimeAsync(100);
    waits.push(Date.now() - begun);
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 8000, 8000]);
  newest().say(hello);
  newest().fail();
  await vi.advanceTimersByTimeAsync(1000);
  expect(sources).toHaveLength(8);
});

it('opens it anew at once when asked to look, unless it spoke just now', () => {
  const { send, got } = page();
  newest().say(hello);
  send({ kind: 'check' });
  expect(sources).toHaveLength(1);
  expect(got.at(-1)).toEqual({ kind: 'checked' });
  newest().fail();
  send({ kind: 'check' });
  expect(sources).toHaveLength(2);
});

it('does not wait for a stream that was opened in vain', async () => {
  const { send } = page();
  send({ kind: 'check' });
  expect(sources).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2500);
  send({ kind: 'check' });
  expect(sources).toHaveLength(2);
});

it('tries a stream opened anew again after two seconds without an event, later each time', async () => {
  page();
  newest().say(hello);
  newest().fail();
  const waits: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    while (newest().isClosed) await vi.advanceTimersByTimeAsync(100);
    const [current, openedAt] = [newest(), Date.now()];
    while (!current.isClosed) await vi.advanceTimersByTimeAsync(1000);
    waits.push(Math.floor((Date.now() - openedAt) / 1000));
  }
  expect(waits.map((wait) => Math.min(wait, 20))).toEqual([3, 5, 9, 17]);
});
