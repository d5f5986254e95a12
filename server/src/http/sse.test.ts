import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeAll, afterAll, describe, expect, it, vi } from 'vitest';

import type { Browser, TestServer } from '../testing/server.fixture.ts';
import { startTestServer } from '../testing/server.fixture.ts';

let server: TestServer;
let ada: Browser;
const open: AbortController[] = [];

beforeAll(async () => {
  server = await startTestServer();
  ada = await server.signIn('ada');
});
afterEach(() => open.splice(0).forEach((each) => each.abort()));
afterAll(() => server.close());

type Seen = { text: () => string; ended: () => boolean; headers: Headers; events: () => SeenEvent[] };
type SeenEvent = { id: string | null; type: string; [field: string]: unknown };

async function watch(browser: Browser, query = '', headers: Record<string, string> = {}): Promise<Seen> {
  const controller = new AbortController();
  open.push(controller);
  const answer = await fetch(`${server.url}/api/events${query}`, {
    headers: { cookie: browser.cookie, ...headers },
    signal: controller.signal,
  });
  let text = '';
  let ended = false;
  const read = async (): Promise<void> => {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString('utf8');
    ended = true;
  };
  read().catch(() => undefined);
  return { text: () => text, ended: () => ended, headers: answer.headers, events: () => eventsIn(text) };
}

function eventsIn(text: string): SeenEvent[] {
  return text
    .split('\n\n')
    .slice(0, -1)
    .flatMap((block) => {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data === undefined) return [];
      return [{ ...(JSON.parse(data) as { type: string }), id: /^id: (.*)$/m.exec(block)?.[1] ?? null }];
    });
}

const nothingMore = { way: null, intent: null, before: null, after: null, origin: null };
const publish = (id: number): void => {
  const rest = {
    at: '2026-01-01T00:00:00Z',
    actor: null,
    subject: null,
    detail: null,
    ...nothingMore,
  } as const;
  server.hub.publish({ type: 'activity', entry: { id, action: 'test', outcome: 'done', ...rest } });
};
const entryOf = ({ entry }: SeenEvent) => entry as { id: number; action: string } | undefined;
/** The server's own entries have other actions. */
const published = (seen: Seen): unknown[] =>
  seen
    .events()
    .filter((event) => entryOf(event)?.action === 'test')
    .map((event) => entryOf(event)?.id);

describe('the stream of events', () => {
  it('says hello, when to come back, and what happens', async () => {
    const seen = await watch(ada);
    expect(seen.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(seen.headers.get('cache-control')).toContain('no-transform');
    publish(1);
    await vi.waitFor(() => expect(published(seen)).toEqual([1]));
    expect(seen.text().startsWith('retry: 2000\n\n')).toBe(true);
    expect(seen.events()[0]).toMatchObject({ type: 'hello', epoch: server.hub.epoch, person: 'ada' });
  });

  it('goes on where the browser left off', async () => {
    const first = await watch(ada);
    publish(10);
    await vi.waitFor(() => expect(published(first)).toEqual([10]));
    // A tick's id stands at its last event, which may be another one than this.
    const lastId = await vi.waitFor(() => {
      const events = first.events();
      const since = events.slice(events.findLastIndex((event) => entryOf(event)?.id === 10));
      const id = since.findLast((event) => event.id)?.id;
      if (!id) throw new Error('the tick is not whole yet');
      return id;
    });
    publish(11);
    publish(12);
    const byHeader = await watch(ada, '', { 'last-event-id': lastId });
    const byQuery = await watch(ada, `?lastEventId=${lastId}`);
    for (const again of [byHeader, byQuery]) {
      await vi.waitFor(() => expect(published(again)).toEqual([11, 12]));
      expect(again.events().some(({ type }) => type === 'resync')).toBe(false);
    }
  });

  it('begins where the page was told of its session, so that what it read meanwhile can’t be old', async () => {
    const answer = await ada.get('/api/session');
    publish(15);
    const later = await watch(ada, `?lastEventId=${answer.headers.get('x-last-event-id')}`);
    await vi.waitFor(() => expect(published(later)).toEqual([15]));
    expect(later.events().map(({ type }) => type)).not.toContain('resync');
  });

  it('tells one person what is theirs alone, also when they come back', async () => {
    const vera = await server.signIn('vera');
    const [hers, others] = [await watch(vera), await watch(ada)];
    await vi.waitFor(() => expect(others.events()[0]?.id).toBeTruthy());
    const lastId = others.events()[0]?.id ?? '';
    const people = ['vera'];
    server.hub.publish({ type: 'robot-free', deploymentId: 'd', robotType: 'null', people }, 'vera');
    publish(30);
    const again = [await watch(vera, `?lastEventId=${lastId}`), await watch(ada, `?lastEventId=${lastId}`)];
    for (const [seen, count] of [
      [hers, 1],
      [again[0], 1],
      [others, 0],
      [again[1], 0],
    ] as const) {
      await vi.waitFor(() => expect(seen && published(seen)).toEqual([30]));
      expect(seen?.events().filter(({ type }) => type === 'robot-free')).toHaveLength(count);
    }
    expect([...server.hub.people].toSorted()).toEqual(['ada', 'vera']);
  });

  it('goes on from hello where nothing else was seen', async () => {
    const first = await watch(ada);
    await vi.waitFor(() => expect(first.events()[0]?.id).toBeTruthy());
    publish(20);
    const again = await watch(ada, '', { 'last-event-id': first.events()[0]?.id ?? '' });
    await vi.waitFor(() => expect(published(again)).toContain(20));
  });

  it('asks to read everything anew where it can’t tell what was missed', async () => {
    for (const id of ['another-epoch.3', `${server.hub.epoch}.999999`, 'nonsense']) {
      const seen = await watch(ada, '', { 'last-event-id': id });
      await vi.waitFor(() => expect(seen.events().map(({ type }) => type)).toContain('resync'));
      expect(seen.events().find(({ type }) => type === 'resync')?.id).toMatch(server.hub.epoch);
    }
  });

  it('ends when the session is signed out', async () => {
    const vera = await server.signIn('vera');
    const seen = await watch(vera);
    await vera.del('/api/session');
    await vi.waitFor(() => expect(seen.ended()).toBe(true));
    expect(seen.events().at(-1)).toMatchObject({ type: 'signed-out', reason: 'You signed out.' });
  });

  it('forgets a browser that leaves', async () => {
    const before = server.hub.watchers;
    await watch(ada);
    await vi.waitFor(() => expect(server.hub.watchers).toBe(before + 1));
    open.splice(0).forEach((each) => each.abort());
    await vi.waitFor(() => expect(server.hub.watchers).toBeLessThanOrEqual(before));
  });

  it('sends what happens within a tick at once, of each thing its newest state, with the id at the end', async () => {
    const seen = await watch(ada);
    await vi.waitFor(() => expect(seen.events()[0]?.id).toBeTruthy());
    const begun = seen.events().length;
    for (let at = 1; at <= 50; at += 1) server.hub.publish({ type: 'telemetry', at });
    publish(40);
    publish(41);
    await vi.waitFor(() => expect(published(seen)).toEqual([40, 41]));
    const told = seen.events().slice(begun);
    expect(told.filter(({ type, at }) => type === 'telemetry' && Number(at) <= 50)).toEqual([
      { type: 'telemetry', at: 50, id: null },
    ]);
    const newest = told.findLastIndex((event) => entryOf(event)?.id === 41);
    await vi.waitFor(() => {
      const end = seen
        .events()
        .slice(begun + newest)
        .find(({ id }) => id !== null);
      expect(end?.id).toMatch(/\.\d+$/);
    });
  });

  it('makes at most ten ticks a second', async () => {
    const seen = await watch(ada);
    const idsSeen = () => seen.events().filter(({ id }) => id !== null).length;
    await vi.waitFor(() => expect(seen.events()[0]?.type).toBe('hello'));
    const [before, begun] = [idsSeen(), Date.now()];
    let id = 1_000;
    for (; Date.now() < begun + 1_000; id += 1) {
      publish(id);
      await sleep(5);
    }
    await vi.waitFor(() => expect(published(seen).at(-1)).toBe(id - 1));
    const ticks = idsSeen() - before;
    expect(ticks).toBeGreaterThan(1);
    expect(ticks).toBeLessThanOrEqual((Date.now() - begun) / 100 + 1);
  });
});
