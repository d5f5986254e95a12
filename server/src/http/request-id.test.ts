import { createServer } from 'node:http';

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { listen } from '../listen.ts';
import { startTestServer } from '../testing/server.fixture.ts';
import type { Browser, TestServer } from '../testing/server.fixture.ts';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACE = 'aaaabbbbccccddddeeeeffff00001111';
const PARENT = `00-${TRACE}-00f067aa0ba902b7-01`;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A small upstream in the place of rerobots, which keeps what its callers send. */
const heard: { path: string; traceparent: string | undefined }[] = [];
const upstream = createServer(({ url = '', headers }, response) => {
  heard.push({ path: url, traceparent: headers['traceparent'] as string | undefined });
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
});
let upstreamUrl = '';
let server: TestServer;

beforeAll(async () => {
  const { port } = await listen(upstream, 0, '127.0.0.1');
  upstreamUrl = `http://127.0.0.1:${port}`;
});
afterEach(async () => {
  await server.close();
  heard.length = 0;
});
afterAll(() => {
  upstream.closeAllConnections();
  upstream.close();
});

const start = async (trustProxy: string): Promise<Browser> => {
  server = await startTestServer({ env: { TRUST_PROXY: trustProxy, REROBOTS_API_URL: upstreamUrl } });
  return server.signIn('ada');
};
const idOf = (answer: Response): string => answer.headers.get('x-request-id') ?? '';
/** Of the line logged at the request's end. */
const traceIn = (id: string): Promise<string | undefined> =>
  vi.waitFor(() => {
    const lines = server
      .log()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { req?: { id: string }; trace?: string });
    const line = lines.find(({ req }) => req?.id === id);
    expect(line).toBeDefined();
    return line?.trace;
  });

describe('behind a trusted proxy', () => {
  it('keeps its id and its trace, in the answer, the log and the calls made for the request', async () => {
    const ada = await start('1');
    const headers = { 'x-request-id': ID, traceparent: PARENT };
    for (const path of ['/api/proxy/rerobots/deployments', '/api/robots/ci']) {
      heard.length = 0;
      const answer = await ada.get(path, { headers });
      expect(idOf(answer)).toBe(ID);
      const sent = heard.flatMap(({ traceparent }) => traceparent ?? []);
      expect(sent).toEqual([expect.stringMatching(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`))]);
      // A call is a span of its own.
      expect(sent).not.toContain(PARENT);
    }
    expect(await traceIn(ID)).toBe(TRACE);
  });

  it.each([
    ['too short', 'abc'],
    ['with what has a meaning elsewhere', `${ID}"><script>`],
    ['longer than any id', 'a'.repeat(129)],
  ])('names the request itself where the id is %s', async (_why, id) => {
    const ada = await start('1');
    expect(idOf(await ada.get('/api/about', { headers: { 'x-request-id': id } }))).toMatch(UUID);
  });

  it.each([
    ['of zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['of another version', PARENT.replace('00-', 'ff-')],
    ['in capitals', PARENT.toUpperCase()],
    ['given twice', `${PARENT}, ${PARENT}`],
  ])('begins a trace of its own where the given one is %s', async (_why, traceparent) => {
    const ada = await start('1');
    const id = idOf(await ada.get('/api/about', { headers: { traceparent } }));
    expect(await traceIn(id)).toBe(id.replaceAll('-', ''));
  });
});

it('takes neither from who is no proxy', async () => {
  const ada = await start('0');
  const answer = await ada.get('/api/robots/ci', { headers: { 'x-request-id': ID, traceparent: PARENT } });
  expect(idOf(answer)).toMatch(UUID);
  const trace = idOf(answer).replaceAll('-', '');
  expect(await traceIn(idOf(answer))).toBe(trace);
  expect(heard.flatMap(({ traceparent }) => traceparent ?? [])).toEqual([
    expect.stringMatching(new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`)),
  ]);
});
