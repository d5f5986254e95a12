import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { headOf, openRawSocket } from '../testing/raw-socket.fixture.ts';
import type { RawSocket } from '../testing/raw-socket.fixture.ts';
import { startTestServer } from '../testing/server.fixture.ts';
import type { Browser, TestServer } from '../testing/server.fixture.ts';
import { createHttpServer } from './http-server.ts';

const TASKS = '/api/instances/651586fca6078e98982d0201/tasks';

let server: TestServer;
let ada: Browser;
let raw: RawSocket;
beforeAll(async () => {
  server = await startTestServer({ limits: { headersMs: 400, requestMs: 800, idleMs: 1_000 } });
  ada = await server.signIn('ada');
});
afterEach(() => raw.socket.destroy());
afterAll(() => server.close());

/** Sends a byte now and then, for as long as the connection lives. */
async function drip(bytes: string): Promise<void> {
  while (raw.closedAfterMs() === null && raw.socket.writable) {
    raw.socket.write(bytes);
    await sleep(50);
  }
}

it('ends the connection after a request to upgrade, behind which nothing would be answered', async () => {
  const head = headOf('GET', '/api/about', { Connection: 'upgrade', Upgrade: 'websocket' });
  raw = openRawSocket(server.url, head + headOf('GET', '/api/about'));
  await raw.waitUntilClosed(5_000);
  expect(raw.text()).toMatch(/^HTTP\/1.1 200 .*\r\nConnection: close\r\n/s);
});

describe('a slow client', () => {
  it.each([
    ['never ends its headers', 'GET /api/session HTTP/1.1\r\nHost: localhost\r\n', 'X-Drip: 1\r\n'],
    [
      'drips the body of a sign-in',
      headOf('POST', '/api/session', { 'Content-Type': 'application/json', 'Content-Length': 1_000 }),
      ' ',
    ],
  ])('that %s is answered 408 and cut', async (_what, head, bytes) => {
    raw = openRawSocket(server.url, head);
    await Promise.all([drip(bytes), raw.waitUntilClosed(5_000)]);
    expect(raw.text()).toMatch(/^HTTP\/1.1 408 /);
  });

  it.each([
    ['a route', TASKS],
    ['the proxy', '/api/proxy/cycle/v1/monitoring/events'],
  ])('that drips a body to %s holds nothing for long', async (_what, path) => {
    const headers = { Cookie: ada.cookie, 'X-CSRF-Token': ada.csrfToken, 'Content-Type': 'application/json' };
    raw = openRawSocket(server.url, headOf('POST', path, { ...headers, 'Content-Length': 1_000 }));
    await Promise.all([drip(' '), raw.waitUntilClosed(5_000)]);
    expect(raw.text()).toMatch(/^HTTP\/1.1 408 /);
  });

  it('that reads nothing of a download is cut', async () => {
    const large = createHttpServer(
      (_request, response) => {
        response.writeHead(200);
        response.end(Buffer.alloc(32 * 1024 * 1024));
      },
      { idleMs: 400 },
    ).listen(0, '127.0.0.1');
    await new Promise((resolve) => large.once('listening', resolve));
    const { port } = large.address() as { port: number };
    raw = openRawSocket(`http://127.0.0.1:${port}`, headOf('GET', '/'));
    raw.socket.pause();
    const connections = () =>
      new Promise<number>((resolve) => void large.getConnections((_error, count) => resolve(count)));
    for (let tries = 0; tries < 60 && (await connections()) > 0; tries += 1) await sleep(50);
    expect(await connections()).toBe(0);
    large.close();
  });

  it('may keep an event stream for as long as it likes', async () => {
    raw = openRawSocket(server.url, headOf('GET', '/api/events', { Cookie: ada.cookie }));
    await raw.waitFor('"hello"');
    await sleep(2_500);
    expect(raw.closedAfterMs()).toBeNull();
  });
});
