import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

import type { ServerEvent } from '@cyclorama/shared/events.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { systemClock } from '../lib/clock.ts';
import { createEventHub } from '../lib/event-hub.ts';
import type { EventHub } from '../lib/event-hub.ts';
import { listen } from '../listen.ts';
import { createEventStream } from './sse.ts';
import type { EventStream } from './sse.ts';

const tickMs = 5;
const heartbeatMs = 50;
const session = {
  id: 's',
  name: 'ada',
  role: 'admin',
  way: 'vpn',
  csrfToken: '',
  expiresAt: Infinity,
  confirmedAt: 0,
  withPasskey: false,
  passkeyNeeded: false,
} as const;

let hub: EventHub;
let stream: EventStream;
let server: Server;
let port: number;
/** The server's sockets of the streams, oldest first. */
let ends: Socket[];
let now: number;
const sockets: Socket[] = [];

beforeEach(async () => {
  hub = createEventHub();
  now = systemClock.now();
  const sessions = { watch: () => () => undefined };
  stream = createEventStream({ hub, sessions, clock: { now: () => now }, heartbeatMs, tickMs });
  ends = [];
  server = createServer((request, response) => {
    ends.push(request.socket);
    stream.open(request, response, session);
  });
  ({ port } = await listen(server, 0, '127.0.0.1'));
});
afterEach(() => {
  sockets.splice(0).forEach((each) => each.destroy());
  stream.close();
  server.closeAllConnections();
  server.close();
});

/** A browser with an open stream; after `stall` it reads nothing until `read`. */
async function watch() {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let chunks: Buffer[] = [];
  const keep = (chunk: Buffer): void => void chunks.push(chunk);
  socket.on('error', () => undefined).on('data', keep);
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const text = (): string => Buffer.concat(chunks).toString('utf8');
  await vi.waitFor(() => expect(text()).toContain('"type":"hello"'));
  return {
    text,
    events: () =>
      text()
        .split('\n\n')
        .slice(0, -1)
        .flatMap((block) => {
          const data = /^data: (.*)$/m.exec(block)?.[1];
          return data === undefined ? [] : [JSON.parse(data) as ServerEvent];
        }),
    forget: () => void (chunks = []),
    stall: () => void socket.pause(),
    read: () => void socket.resume(),
  };
}

type Browser = Awaited<ReturnType<typeof watch>>;

/** An event that nothing supersedes, of about this many bytes. */
const publish = (reason: string, bytes = 0): void =>
  hub.publish({ type: 'signed-out', reason: reason + 'x'.repeat(bytes) });
/** Resolves when a reading browser has it, so it is a tick of its own. */
async function publishTo(quick: Browser, reason: string, bytes = 0): Promise<void> {
  publish(`${reason} `, bytes);
  const whole = `${reason} ${'x'.repeat(bytes)}"`;
  await vi.waitFor(() => expect(quick.text().includes(whole)).toBe(true), { interval: 5 });
  quick.forget();
}
/** Fills an unread stream until it has more unsent bytes than a browser may lag. */
async function floodUntilBehind(end: number, quick: Browser): Promise<number> {
  for (let sent = 0; ; sent += 1) {
    if ((ends[end]?.writableLength ?? 0) > 64 * 1024) return sent;
    await publishTo(quick, `flood ${sent}`, 200_000);
  }
}
const reasons = (events: ServerEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'signed-out' ? [event.reason.replaceAll('x', '').trim()] : []));

describe('a stream', () => {
  it('says that it is alive, and what time it is, where nothing happens', async () => {
    const seen = await watch();
    await vi.waitFor(() =>
      expect(seen.events().filter(({ type }) => type === 'heartbeat').length).toBeGreaterThan(1),
    );
    expect(seen.events().at(-1)).toEqual({ type: 'heartbeat', serverTime: new Date(now).toISOString() });
    expect(seen.text().split('\n\n').at(-2)).not.toContain('id: ');
  });

  it('has a body that is neither chunked nor held together by a length', async () => {
    const [head = ''] = (await watch()).text().toLowerCase().split('\r\n\r\n');
    expect(head).toContain('connection: close');
    expect(head).not.toMatch(/transfer-encoding|content-length/);
  });
});

describe('a browser that reads slowly', () => {
  it('gets what happened meanwhile from the ticks that are kept, and no more than they are is held for it', async () => {
    const [seen, quick] = [await watch(), await watch()];
    seen.stall();
    const flooded = await floodUntilBehind(0, quick);
    for (let late = 0; late < 5; late += 1) await publishTo(quick, `late ${late}`);
    expect(ends[0]?.writableLength).toBeLessThan(64 * 1024 + 250_000);
    seen.read();
    await vi.waitFor(() => expect(reasons(seen.events())).toContain('late 4'));
    expect(reasons(seen.events())).toHaveLength(flooded + 5);
    expect(seen.events().some(({ type }) => type === 'resync')).toBe(false);
  });

  it('is told to read anew where it is further behind, and goes on from there', async () => {
    const [seen, quick] = [await watch(), await watch()];
    seen.stall();
    await floodUntilBehind(0, quick);
    for (let lost = 0; lost < 20; lost += 1) await publishTo(quick, `lost ${lost}`, 200_000);
    seen.read();
    await vi.waitFor(() => expect(seen.events().some(({ type }) => type === 'resync')).toBe(true));
    publish('after');
    await vi.waitFor(() => expect(reasons(seen.events())).toContain('after'));
    expect(reasons(seen.events())).not.toContain('lost 0');
  });

  it('is cut off where it has not read for a minute, and nobody else waits for it', async () => {
    const [stuck, quick] = [await watch(), await watch()];
    stuck.stall();
    await floodUntilBehind(0, quick);
    await publishTo(quick, 'seen');
    now += 61_000;
    await vi.waitFor(() => expect(ends[0]?.destroyed).toBe(true));
    expect(ends[1]?.destroyed).toBe(false);
    // The socket is destroyed before its `close` is told.
    await vi.waitFor(() => expect(hub.watchers).toBe(1));
  });
});

it('a tick too large for a stream asks to read anew instead', async () => {
  const seen = await watch();
  for (let sent = 0; sent < 10; sent += 1) publish(`part ${sent} `, 100_000);
  await vi.waitFor(() =>
    expect(seen.events()).toContainEqual({ type: 'resync', reason: 'Too much changed at once.' }),
  );
  expect(reasons(seen.events())).toEqual([]);
});
