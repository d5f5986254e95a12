import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { headOf, openRawSocket } from '../testing/raw-socket.fixture.ts';
import type { RawSocket } from '../testing/raw-socket.fixture.ts';
import { errorOf, startTestServer } from '../testing/server.fixture.ts';
import type { Browser, TestServer } from '../testing/server.fixture.ts';

const PROXIED = '/api/proxy/cycle/v1/monitoring/events';
const TASKS = '/api/instances/651586fca6078e98982d0201/tasks';
const PART = 'x'.repeat(300_000);

let server: TestServer;
let ada: Browser;
const open: RawSocket[] = [];
beforeAll(async () => {
  server = await startTestServer();
  ada = await server.signIn('ada');
});
afterAll(async () => {
  for (const { socket } of open) socket.destroy();
  await server.close();
});

function begin(path: string, headers: Record<string, string | number>, body: string): RawSocket {
  const json = { 'Content-Type': 'application/json', ...headers };
  const raw = openRawSocket(server.url, headOf('POST', path, json) + body);
  open.push(raw);
  return raw;
}
function headersOf(who: 'ada' | 'cookie' | 'nobody'): Record<string, string> {
  if (who === 'nobody') return {};
  return who === 'cookie' ? { Cookie: ada.cookie } : { Cookie: ada.cookie, 'X-CSRF-Token': ada.csrfToken };
}
const declared = { 'Content-Length': 1_000_000_000 };
const endless = { 'Transfer-Encoding': 'chunked' };
const chunk = `${PART.length.toString(16)}\r\n${PART}\r\n`;

describe('a request whose body goes on after its answer', () => {
  it.each([
    ['too large for the proxy, as declared', PROXIED, 'ada', declared, PART, 413],
    ['too large for the proxy, without a length', PROXIED, 'ada', endless, chunk, 413],
    ['too large for a route, as declared', TASKS, 'ada', declared, PART, 413],
    ['too large for a route, without a length', TASKS, 'ada', endless, chunk, 413],
    ['too large for signing in', '/api/session', 'nobody', declared, PART, 413],
    ['of nobody, to the proxy', PROXIED, 'nobody', declared, PART, 401],
    ['of nobody, to a route', TASKS, 'nobody', endless, chunk, 401],
    ['of nobody, small and never finished', TASKS, 'nobody', { 'Content-Length': 100 }, 'x', 401],
    ['without the CSRF token, to the proxy', PROXIED, 'cookie', declared, PART, 403],
    ['without the CSRF token, to a route', TASKS, 'cookie', endless, chunk, 403],
    ['to what is not there', '/api/nope', 'nobody', declared, PART, 404],
    ['to a page', '/topology', 'nobody', declared, PART, 404],
  ] as const)('%s, is answered at once and cut', async (_what, path, who, framing, body, status) => {
    const raw = begin(path, { ...headersOf(who), ...framing }, body);
    await raw.waitFor('requestId', 5_000);
    expect(raw.text()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(raw.text().toLowerCase()).toContain('connection: close');
    await raw.waitUntilClosed(4_000);
    expect(raw.text().match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  it('after too many refused tokens, is answered at once and cut', async () => {
    const Authorization = 'Bearer cyc_unknown';
    for (let sent = 0; sent < 20; sent += 1)
      await fetch(`${server.url}/api/topology`, { headers: { authorization: Authorization } });
    const raw = begin(TASKS, { Authorization, ...declared }, PART);
    await raw.waitFor('requestId');
    expect(raw.text()).toMatch(/^HTTP\/1.1 429 /);
    expect(raw.text().toLowerCase()).toContain('connection: close');
    await raw.waitUntilClosed(4_000);
  });

  it('costs a client nothing that sends a small body to its end', async () => {
    const raw = begin(TASKS, { 'Content-Length': 2 }, '');
    setTimeout(() => raw.socket.write('{}'), 20);
    await raw.waitFor('requestId');
    raw.socket.write(headOf('GET', '/healthz'));
    await raw.waitFor('{"up":true}');
    expect(raw.text()).not.toMatch(/connection: close/i);
  });

  it('still gets its whole answer while it sends', async () => {
    const answer = await fetch(server.url + PROXIED, {
      method: 'POST',
      headers: { cookie: ada.cookie, 'x-csrf-token': ada.csrfToken, 'content-type': 'application/json' },
      body: JSON.stringify(['x'.repeat(3_000_000)]),
    });
    expect([answer.status, (await errorOf(answer)).message]).toEqual([
      413,
      'The request body is too large: expected at most 256 kB.',
    ]);
  });
});

describe.each([
  ['a route', TASKS],
  ['the proxy', PROXIED],
  ['signing in', '/api/session'],
])('an encoded body for %s', (_what, path) => {
  const send = (encoding: string, body: Buffer | string): Promise<Response> =>
    fetch(server.url + path, {
      method: 'POST',
      headers: {
        cookie: ada.cookie,
        'x-csrf-token': ada.csrfToken,
        'content-type': 'application/json',
        'content-encoding': encoding,
      },
      body: new Uint8Array(Buffer.from(body)),
    });

  it.each([
    ['that does not decode', 'gzip', 'not gzip at all', 400, 'can’t be decoded'],
    ['that does not decode, in Brotli', 'br', 'not Brotli at all', 400, 'can’t be decoded'],
    ['that breaks off', 'gzip', gzipSync('{"action":"start"}').subarray(0, 12), 400, 'can’t be decoded'],
    ['in an unknown encoding', 'rot13', '{}', 415, 'unknown Content-Encoding'],
    ['that becomes too large', 'gzip', gzipSync(`"${'x'.repeat(2_000_000)}"`), 413, 'too large'],
    ['that is no JSON once decoded', 'gzip', gzipSync('{'), 400, 'not valid JSON'],
    [
      'that is no UTF-8 once decoded',
      'gzip',
      gzipSync(Buffer.from([0x22, 0xff, 0x22])),
      400,
      'not valid JSON',
    ],
  ])('%s is refused in plain words', async (_why, encoding, body, status, words) => {
    const answer = await send(encoding, body);
    const error = await errorOf(answer);
    expect([answer.status, error.code]).toEqual([status, 'invalid-request']);
    expect(error.message).toContain(words);
  });

  it('is read as what it holds', async () => {
    // Valid JSON of the wrong shape: refused for what it says, or passed on.
    const answer = await send('gzip', gzipSync('[]'));
    const text = await answer.text();
    expect(text).not.toContain('not valid JSON');
    expect(answer.status).toBeLessThan(500);
  });
});
