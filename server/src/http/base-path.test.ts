import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import express from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startReverseProxy } from '../testing/reverse-proxy.fixture.ts';
import type { ReverseProxy } from '../testing/reverse-proxy.fixture.ts';
import { startTestServer } from '../testing/server.fixture.ts';
import type { Browser, TestServer } from '../testing/server.fixture.ts';
import { basePathOf } from './base-path.ts';
import { createStartupGate } from './startup-gate.ts';
import { staticFiles } from './static-files.ts';

const basePath = '/ops/dash';
const env = { PUBLIC_URL: `https://dash.example${basePath}/`, TRUST_PROXY: '1' };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ env });
});
afterAll(() => server.close());

describe.each([
  ['strips', true],
  ['keeps', false],
])('behind a proxy that %s the path of PUBLIC_URL', (_what, strips) => {
  let proxy: ReverseProxy;
  let url: string;
  let ada: Browser;
  const get = (path: string, init: RequestInit = {}) => fetch(url + path, init);
  beforeAll(async () => {
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.7' };
    proxy = await startReverseProxy({ routes: { [basePath]: server.url }, strips, headers });
    url = proxy.url + basePath;
    ada = await server.signIn('ada', url);
  });
  afterAll(() => proxy.close());

  it('signs in with a cookie of that path only, and reads, changes and downloads', async () => {
    const signIn = await server.signInAs('ada', server.password('ada'), {}, url);
    expect(signIn.headers.get('set-cookie')).toMatch(/^__Secure-cyclorama-\w+=[^;]+; .*Path=\/ops\/dash;/);
    expect((await ada.get('/api/topology')).status).toBe(200);
    expect((await ada.get('/api/claims/export?format=csv')).headers.get('content-disposition')).toContain(
      '.csv',
    );
    const signOut = await ada.del('/api/session');
    expect(signOut.status).toBe(204);
    expect(signOut.headers.get('set-cookie')).toContain('Path=/ops/dash');
    expect((await ada.get('/api/topology')).status).toBe(401);
    ada = await server.signIn('ada', url);
  });

  it('streams events, passes the raw proxy on and tells its health', async () => {
    const stop = new AbortController();
    const events = await get('/api/events', { headers: { cookie: ada.cookie }, signal: stop.signal });
    expect([events.status, events.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    const first = await events.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value as Uint8Array)).toContain('"hello"');
    stop.abort();
    expect((await ada.get('/api/proxy/cycle/v1/environment')).status).toBe(200);
    for (const path of ['/healthz', '/readyz']) expect((await get(path)).status).toBe(200);
  });

  it('takes the callbacks of rerobots', async () => {
    expect((await get('/api/hooks/rerobots/unknown.secret', { method: 'POST' })).status).toBe(204);
  });

  it('answers while it starts', async () => {
    const starting = createServer(createStartupGate(basePath).listener).listen(0, '127.0.0.1');
    await new Promise((resolve) => starting.once('listening', resolve));
    const target = `http://127.0.0.1:${(starting.address() as AddressInfo).port}`;
    const early = await startReverseProxy({ routes: { [basePath]: target }, strips });
    expect((await fetch(`${early.url}${basePath}/healthz`)).status).toBe(200);
    expect((await fetch(`${early.url}${basePath}/readyz`)).headers.get('content-type')).toContain('json');
    early.close();
    starting.close();
  });
});

describe('the page below a path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cyclorama-web-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is one build: its addresses and the path are written into it as it is sent', async () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(
      join(folder, 'index.html'),
      '<meta name="base-path" content="" /><link href="/icon.svg" /><script src="/assets/a.js"></script><a href="https://elsewhere.example/">',
    );
    writeFileSync(join(folder, 'index.html.br'), 'not this one');
    const app = express().use(staticFiles(folder, basePath));
    for (const path of ['/', '/robots/bookings/1']) {
      const answer = await request(app).get(path).set({ accept: 'text/html', 'accept-encoding': 'br' });
      expect(answer.text).toBe(
        '<meta name="base-path" content="/ops/dash" /><link href="/ops/dash/icon.svg" /><script src="/ops/dash/assets/a.js"></script><a href="https://elsewhere.example/">',
      );
      expect(answer.headers['cache-control']).toBe('no-cache');
    }
  });
});

it.each([
  [null, ''],
  ['https://dash.example', ''],
  ['https://dash.example/ops/dash', '/ops/dash'],
])('the path of %s is "%s"', (publicUrl, expected) => {
  expect(basePathOf(publicUrl)).toBe(expected);
});
