import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { headOf, openRawSocket } from '../testing/raw-socket.fixture.ts';
import { errorOf, startTestServer } from '../testing/server.fixture.ts';
import type { TestServer } from '../testing/server.fixture.ts';

const PUBLIC_URL = 'https://dash.example/ops';
const asHttp = { 'x-forwarded-proto': 'http' };
const asHttps = { 'x-forwarded-proto': 'https' };

let server: TestServer;
afterAll(() => server.close());
const get = (path: string, headers = {}) =>
  fetch(server.url + path, { redirect: 'manual', headers: { accept: 'text/html', ...headers } });

describe('with https configured, what a trusted proxy reports as http', () => {
  beforeAll(async () => {
    server = await startTestServer({ env: { PUBLIC_URL, TRUST_PROXY: '1' } });
  });

  it('is redirected to the same place over https', async () => {
    for (const path of ['/robots?q=a%20b', '/ops/robots?q=a%20b', '/api/topology']) {
      const answer = await get(path, asHttp);
      const place = path.replace('/ops', '');
      expect([answer.status, answer.headers.get('location')]).toEqual([308, PUBLIC_URL + place]);
    }
    // No other host can be put in by the path.
    const answer = await get('//evil.example/', asHttp);
    expect(answer.headers.get('location')).toBe(`${PUBLIC_URL}//evil.example/`);
  });

  it('is refused where it is a change, with the address to use', async () => {
    const answer = await server.signInAs('ada', server.password('ada'), asHttp);
    expect([answer.status, await errorOf(answer)]).toEqual([
      403,
      expect.objectContaining({
        message: 'This dashboard takes changes over https only. Nothing was changed.',
        hint: `Use ${PUBLIC_URL} instead.`,
      }),
    ]);
  });

  it('is left alone where it is https, unknown or a health check', async () => {
    expect((await get('/api/about', asHttps)).status).toBe(200);
    expect((await get('/api/about', { via: '1.1 proxy' })).status).toBe(200);
    for (const probe of ['/healthz', '/readyz']) expect((await get(probe, asHttp)).status).toBe(200);
  });

  it('is told where to sign in when it comes from another address of the server', async () => {
    const headers = { origin: 'http://10.0.0.5:8080', ...asHttps };
    const answer = await server.signInAs('ada', server.password('ada'), headers);
    expect([answer.status, (await errorOf(answer)).hint]).toEqual([
      403,
      `Open ${PUBLIC_URL} and do it there.`,
    ]);
  });
});

describe('what nobody trusted reports as http', () => {
  beforeAll(async () => {
    await server.close();
    server = await startTestServer({ env: { PUBLIC_URL, TRUST_PROXY: '0' } });
  });

  it('is not believed', async () => {
    expect((await get('/api/about', asHttp)).status).toBe(200);
  });
});

describe.each(['0', '1'])('what comes without a word of a proxy, with TRUST_PROXY=%s', (TRUST_PROXY) => {
  let alone: TestServer;
  beforeAll(async () => {
    alone = await startTestServer({ env: { PUBLIC_URL, TRUST_PROXY } });
  });
  afterAll(() => alone.close());
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(alone.url + path, { redirect: 'manual', headers });

  it('came by http, so it is redirected', async () => {
    for (const path of ['/', '/api/topology', '/api/events']) {
      const answer = await ask(path);
      expect([answer.status, answer.headers.get('location')]).toEqual([308, PUBLIC_URL + path]);
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
    }
    for (const probe of ['/healthz', '/readyz']) expect((await ask(probe)).status).toBe(200);
  });

  it('is refused where it carries an access token', async () => {
    const answer = await ask('/api/topology', { authorization: 'Bearer cyc_anything' });
    expect([answer.status, (await errorOf(answer)).message]).toEqual([
      403,
      'This dashboard takes access tokens over https only. This one has crossed the network in the clear.',
    ]);
  });

  it('does not open a stream, whatever its cookie', async () => {
    const { cookie } = await alone.signIn('ada', alone.url, { via: '1.1 proxy' });
    expect((await ask('/api/events', { cookie })).status).toBe(308);
  });

  it('is refused where it is a sign-in, before the password is read', async () => {
    const body = JSON.stringify({ username: 'ada', password: alone.password('ada') });
    const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length };
    // Nothing of the body is sent: only who waits for it can fail to answer.
    const raw = openRawSocket(alone.url, headOf('POST', '/api/session', headers));
    await raw.waitFor('requestId', 5_000);
    expect(raw.text()).toMatch(/^HTTP\/1.1 403 /);
    expect(raw.text()).toMatch(/^connection: close/im);
    expect(raw.text()).toMatch(/^strict-transport-security: max-age=31536000/im);
    expect(raw.text()).not.toMatch(/^set-cookie/im);
    await raw.waitUntilClosed(4_000);
  });

  it.each([
    ['a browser says that it is on https', { 'sec-fetch-site': 'same-origin' }],
    ['the page it comes from is', { origin: 'https://dash.example' }],
  ])('is left alone where %s', async (_what, headers) => {
    expect((await ask('/api/about', headers)).status).toBe(200);
  });
});
