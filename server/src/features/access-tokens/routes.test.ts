import { randomUUID } from 'node:crypto';

import { accessTokenCreated } from '@cyclorama/shared/access-tokens.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';

let server: TestServer;
let oscar: Browser;
let containerId: string;
beforeAll(async () => {
  server = await startTestServer();
  oscar = await server.signIn('oscar');
  containerId = server.simulator.env['SIM_FUNCTION_CONTAINER'] ?? '';
});
afterAll(() => server.close());

const make = async (role: string) => {
  const body = { name: 'nightly', role, expiresInDays: 90 };
  return accessTokenCreated.parse(await (await oscar.post(paths.accessTokens(), { body })).json());
};
const call = (token: string, method: string, path: string, init: { body?: string; headers?: object } = {}) =>
  fetch(server.url + path, {
    method,
    ...(init.body === undefined ? {} : { body: init.body }),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers },
  });

describe('an access token', () => {
  it('acts as its owner without cookie and CSRF token, by the lesser role, until it is revoked', async () => {
    const { token, id } = await make('operator');
    const claimed = await call(token, 'POST', paths.claims(), { body: JSON.stringify({ containerId }) });
    expect(claimed.status).toBe(201);
    expect(await claimed.json()).toMatchObject({ owner: 'oscar' });
    const viewer = await make('viewer');
    const headers = { cookie: oscar.cookie };
    const both = await call(viewer.token, 'POST', paths.claims(), {
      body: JSON.stringify({ containerId }),
      headers,
    });
    expect(both.status).toBe(403);
    expect((await oscar.post(paths.accessTokens(), { body: { name: 'x', role: 'admin' } })).status).toBe(403);
    expect((await oscar.del(paths.accessToken(id))).status).toBe(204);
    expect((await call(token, 'GET', paths.claims())).status).toBe(401);
  });

  it('does what a cookie alone may not: a change without CSRF token', async () => {
    const { token } = await make('operator');
    const init = { method: 'POST', headers: { cookie: oscar.cookie, 'content-type': 'application/json' } };
    const byCookie = await fetch(server.url + paths.claimsReleaseMine(), init);
    expect([byCookie.status, (await errorOf(byCookie)).code]).toEqual([403, 'csrf']);
    expect((await call(token, 'POST', paths.claimsReleaseMine())).status).toBe(200);
  });

  it('outlives its owner’s sign-out, and is shown only when made', async () => {
    const mine = await server.signIn('vera');
    const made = await mine.post(paths.accessTokens(), { body: { name: 'watch', role: 'viewer' } });
    const { token, id } = accessTokenCreated.parse(await made.json());
    expect(await (await mine.get(paths.accessTokens())).text()).not.toContain('cyc_');
    expect((await oscar.del(paths.accessToken(id))).status).toBe(404);
    await mine.del(paths.session());
    expect((await mine.get(paths.claims())).status).toBe(401);
    expect((await call(token, 'GET', paths.claims())).status).toBe(200);
    expect(
      (await call(token, 'POST', paths.claims(), { body: JSON.stringify({ containerId }) })).status,
    ).toBe(403);
  });

  it('may watch, and loses the stream when it is revoked', async () => {
    const { token, id } = await make('viewer');
    const stream = await call(token, 'GET', paths.events());
    expect(stream.status).toBe(200);
    const text = stream.text();
    await oscar.del(paths.accessToken(id));
    expect(await text).toContain('signed-out');
  });

  it('can’t make, list or end tokens, reveal secrets, nor sign out', async () => {
    const { token, id } = await make('operator');
    const tries = [
      call(token, 'GET', paths.accessTokens()),
      call(token, 'POST', paths.accessTokens(), { body: '{"name":"more"}' }),
      call(token, 'DELETE', paths.accessToken(id)),
      call(token, 'DELETE', paths.session()),
      call(token, 'POST', paths.claimReveal(randomUUID())),
    ];
    for (const answer of await Promise.all(tries)) {
      expect([answer.status, (await errorOf(answer)).code]).toEqual([403, 'forbidden']);
    }
  });

  it('is stored as a hash, listed without itself, and on record', async () => {
    const { token } = await make('viewer');
    const listed = await (await oscar.get(paths.accessTokens())).text();
    const rows = JSON.stringify(await server.store.db.selectFrom('access_tokens').selectAll().execute());
    const told = JSON.stringify((await server.activity.page({ limit: 50, action: 'token' })).entries);
    for (const place of [listed, rows, told, server.log()]) expect(place).not.toContain(token.slice(17));
    expect(told).toContain('token.create');
  });
});

describe('wrong access tokens', () => {
  it('are told to stop after twenty from one address, while one that works goes on working', async () => {
    const fresh = await startTestServer();
    try {
      const browser = await fresh.signIn('oscar');
      const made = await browser.post(paths.accessTokens(), { body: { name: 'nightly', role: 'viewer' } });
      const { token } = accessTokenCreated.parse(await made.json());
      const tryWith = (bearer: string) =>
        fetch(fresh.url + paths.claims(), { headers: { authorization: `Bearer ${bearer}` } });
      const wrong = `cyc_${'0'.repeat(12)}_${'A'.repeat(43)}`;
      const statuses: number[] = [];
      for (let tried = 0; tried < 20; tried += 1) statuses.push((await tryWith(wrong)).status);
      expect(new Set(statuses)).toEqual(new Set([401]));
      const stopped = await tryWith(wrong);
      expect([stopped.status, (await errorOf(stopped)).code]).toEqual([429, 'rate-limited']);
      expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await tryWith(token)).status).toBe(200);
      expect((await browser.get(paths.claims())).status).toBe(200);
    } finally {
      await fresh.close();
    }
  });
});
