import { accessTokenCreated } from '@cyclorama/shared/access-tokens.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { errorOf, startTestServer } from '../../testing/server.test-bench.ts';
import type { Browser, TestServer } from '../../testing/server.test-bench.ts';

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

  it('may watch, and loses the stream when it is revoked', async () => {
    const { token, id } = await make('viewer');
    const stream = await call(token, 'GET', paths.events());
    expect(stream.status).toBe(200);
    const text = stream.text();
    await oscar.del(paths.accessToken(id));
    expect(await text).toContain('signed-out');
  });

  it('can’t make, list or end tokens, nor sign out', async () => {
    const { token, id } = await make('operator');
    const tries = [
      call(token, 'GET', paths.accessTokens()),
      call(token, 'POST', paths.accessTokens(), { body: '{"name":"more"}' }),
      call(token, 'DELETE', paths.accessToken(id)),
      call(token, 'DELETE', paths.session()),
    ];
    for (const answer of await Promise.all(tries)) {
      expect([answer.status, (await errorOf(answer)).code]).toEqual([403, 'forbidden']);
    }
  });

  it('is stored as a hash, listed without itself, and on record', async () => {
    const { token } = await make('viewer');
    const listed = await (await oscar.get(paths.accessTokens())).text();
    const rows = JSON.stringify(await server.store.db.selectFrom('access_tokens').selectAll().execute());
    const told = JSON.stringify((await server.deps.activity.page({ limit: 50, action: 'token' })).entries);
    for (const place of [listed, rows, told, server.log()]) expect(place).not.toContain(token.slice(17));
    expect(told).toContain('token.create');
  });

  it('refuses an address that had too many wrong ones', async () => {
    const wrong = `cyc_${'0'.repeat(12)}_${'A'.repeat(43)}`;
    const statuses: number[] = [];
    for (let tried = 0; tried < 21; tried += 1) {
      statuses.push((await call(wrong, 'GET', paths.claims())).status);
    }
    expect(new Set(statuses.slice(0, 20))).toEqual(new Set([401]));
    expect(statuses[20]).toBe(429);
    expect((await oscar.get(paths.claims())).status).toBe(200);
  });
});

describe('an export', () => {
  it('is a file of what the filter lets through, without secrets', async () => {
    const spawn = { environmentVariables: { PASSWORD: 'SECRET-value' } };
    await oscar.post(paths.claims(), { body: { containerId, spawn } });
    const csv = await oscar.get(`${paths.claimsExport()}?format=csv&state=all`);
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="claims-.*\.csv"$/);
    const text = await csv.text();
    expect(text.split('\r\n')[0]).toContain('id,container id');
    expect(text).not.toContain('SECRET-');
    const json = await oscar.get(`${paths.claimsExport()}?format=json&state=all&owner=oscar`);
    expect(((await json.json()) as { owner: string }[]).length).toBe(text.trim().split('\r\n').length - 1);
    expect((await oscar.get(`${paths.claimsExport()}?format=xml`)).status).toBe(400);
  });
});
