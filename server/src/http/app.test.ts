import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { headOf, openRawSocket } from '../testing/raw-socket.fixture.ts';
import type { Browser, TestServer } from '../testing/server.fixture.ts';
import { errorOf, startTestServer } from '../testing/server.fixture.ts';

let server: TestServer;
let ada: Browser;
let vera: Browser;

beforeAll(async () => {
  server = await startTestServer();
  [ada, vera] = [await server.signIn('ada'), await server.signIn('vera')];
});
afterAll(() => server.close());

describe('without a session', () => {
  it.each([
    '/api/session',
    '/api/events',
    '/api/activity',
    '/api/upstreams',
    '/api/topology',
    '/api/proxy/cycle/v1/hub',
  ])('%s is refused with 401', async (path) => {
    const answer = await fetch(server.url + path);
    expect(answer.status).toBe(401);
    expect(await errorOf(answer)).toMatchObject({
      code: 'unauthenticated',
      message: 'You are not signed in.',
    });
  });

  it('tells what it is, that it is up and that it is ready', async () => {
    const about = await fetch(`${server.url}/api/about`);
    expect(await about.json()).toEqual({
      name: 'Cyclorama',
      version: '0.0.0',
      notice: null,
      publicUrl: null,
      signIn: { password: true, oidc: null, passkey: false },
      store: null,
    });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, store: 'ok', cycle: 'live' }]);
  });

  it('answers an unknown address with the shared error body and a request id', async () => {
    const answer = await fetch(`${server.url}/api/nope`);
    const error = await errorOf(answer);
    expect([answer.status, error.code, error.message]).toEqual([
      404,
      'not-found',
      'There is no GET /api/nope.',
    ]);
    expect(error.requestId).toBe(answer.headers.get('x-request-id'));
  });

  it('says in plain words that the page is not built', async () => {
    const answer = await fetch(server.url, { headers: { accept: 'text/html' } });
    expect([answer.status, await answer.text()]).toEqual([
      503,
      expect.stringContaining('has not been built'),
    ]);
  });
});

describe('every answer', () => {
  it('forbids foreign scripts and framing, and sends no HSTS over http', async () => {
    const { headers } = await fetch(`${server.url}/api/about`);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    const policy = headers.get('content-security-policy')?.split(';') ?? [];
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'self'",
        "style-src 'self'",
        "style-src-attr 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy.filter((rule) => /unsafe|\*/.test(rule))).toEqual([]);
    expect(policy.filter((rule) => rule.startsWith('style-src-elem'))).toEqual([]);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toMatch(/camera=\(\).*microphone=\(\)/);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('that is personal is kept by no cache', async () => {
    for (const path of [
      '/api/session',
      '/api/access-tokens',
      '/api/activity',
      '/api/claims/export?format=csv',
    ]) {
      const { headers } = await ada.get(path);
      expect(`${path}: ${headers.get('cache-control')}`).toContain('no-store');
    }
    const snapshot = await ada.get('/api/topology');
    expect(snapshot.headers.get('cache-control')).toBe('private, no-cache');
  });

  it('to a method nobody offers is a refusal without an echo', async () => {
    for (const method of ['OPTIONS', 'PATCH']) {
      const answer = await fetch(`${server.url}/api/session`, { method, headers: { cookie: ada.cookie } });
      expect([method, answer.status]).toEqual([method, 404]);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    const raw = openRawSocket(server.url, headOf('TRACE', '/api/session', { Cookie: ada.cookie }));
    await raw.waitFor('requestId');
    expect(raw.text()).toMatch(/^HTTP\/1.1 404 /);
    expect(raw.text()).not.toContain(ada.cookie);
    raw.socket.destroy();
  });

  it('to a request with two lengths is a refusal that ends the connection', async () => {
    const smuggled = headOf('POST', '/api/session', { 'Content-Length': 4, 'Transfer-Encoding': 'chunked' });
    const raw = openRawSocket(server.url, `${smuggled}0\r\n\r\n`);
    await raw.waitUntilClosed(5_000);
    expect(raw.text()).toMatch(/^HTTP\/1.1 400 /);
  });

  it('is 304 where the browser has it, and compressed where it pays', async () => {
    // A stable answer: the upstreams' change by the second.
    const first = await ada.get('/api/access-tokens');
    const etag = first.headers.get('etag') ?? '';
    expect((await ada.get('/api/access-tokens', { headers: { 'if-none-match': etag } })).status).toBe(304);
    const topology = await ada.get('/api/topology', { headers: { 'accept-encoding': 'br' } });
    expect(topology.headers.get('content-encoding')).toBe('br');
    expect(await topology.json()).toMatchObject({ freshness: { state: 'live' } });
    await vi.waitFor(async () => {
      const now = await ada.get('/api/topology');
      const again = { 'if-none-match': now.headers.get('etag') ?? '' };
      expect((await ada.get('/api/topology', { headers: again })).status).toBe(304);
    });
  });
});

describe('a change', () => {
  const path = '/api/instances/651586fca6078e98982d0201/tasks';

  it('goes 401, 403 without the token, 400, 403 by role', async () => {
    const none = await fetch(server.url + path, { method: 'POST' });
    expect(none.status).toBe(401);
    const forged = await ada.post(path, { body: {}, headers: { 'x-csrf-token': 'x' } });
    expect([forged.status, (await errorOf(forged)).code]).toEqual([403, 'csrf']);
    const bad = await vera.post(path, { body: { action: 'explode' } });
    expect(bad.status).toBe(400);
    expect(await errorOf(bad)).toMatchObject({ code: 'invalid-request', field: 'body.action' });
    const viewer = await vera.post(path, { body: { action: 'start' } });
    expect([viewer.status, (await errorOf(viewer)).code]).toEqual([403, 'forbidden']);
  });

  it('from another site is refused even with the token', async () => {
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
    ];
    for (const headers of foreign) {
      const answer = await ada.post(path, { body: { action: 'start' }, headers });
      expect([answer.status, (await errorOf(answer)).code]).toEqual([403, 'csrf']);
    }
  });

  it.each([
    [
      '/api/claims',
      { containerId: '651586fca6078e98982d0101', releaseAfterSecs: 60 },
      'releaseAfterSecs',
      'releaseAfterSeconds',
    ],
    ['/api/access-tokens', { name: 'ci', role: 'viewer', days: 30 }, 'days', 'expiresInDays'],
    ['/api/claim-batches/4e0a9d1e-8a8e-4a3b-9a52-0f6a1d2c3b4a/stop', { relase: true }, 'relase', 'release'],
    ['/api/bookings/4e0a9d1e-8a8e-4a3b-9a52-0f6a1d2c3b4a/cancel', { now: true }, 'now', 'none'],
  ])('to %s with a field it does not know is refused by name', async (address, body, field, known) => {
    const answer = await ada.post(address, { body });
    const error = await errorOf(answer);
    expect([answer.status, error.code, error.field]).toEqual([400, 'invalid-request', `body.${field}`]);
    expect(error.message).toContain(known);
  });

  it.each([
    ['broken JSON', '{', 'application/json'],
    ['another type', 'action=start', 'application/x-www-form-urlencoded'],
    ['too much', JSON.stringify({ action: 'x'.repeat(300_000) }), 'application/json'],
  ])('with %s is refused and says so', async (_what, body, type) => {
    const headers = { cookie: ada.cookie, 'x-csrf-token': ada.csrfToken, 'content-type': type };
    const answer = await fetch(server.url + path, { method: 'POST', headers, body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect((await errorOf(answer)).code).toBe('invalid-request');
  });
});

describe('the log', () => {
  it('holds no password, cookie, token or query', async () => {
    await ada.get('/api/activity?actor=needle-in-query');
    expect(server.log()).toContain('/api/activity');
    const { env } = server.simulator;
    const secrets = [server.password('ada'), ada.cookie, ada.csrfToken, 'needle-in-query'];
    for (const name of ['CYCLE_API_TOKEN', 'SCHEDULER_ACCESS_KEY', 'REROBOTS_API_TOKEN'])
      secrets.push(env[name] ?? '');
    for (const secret of secrets) {
      expect(secret).not.toBe('');
      expect(server.log()).not.toContain(secret);
    }
  });
});
