import { claim, claimDetail, claimsResponse, functionsResponse } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { claimRow } from '../../testing/builders/claims.ts';
import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';

let server: TestServer;
let viewer: Browser;
let operator: Browser;
let admin: Browser;
let containerId: string;

beforeAll(async () => {
  server = await startTestServer();
  [viewer, operator, admin] = await Promise.all([
    server.signIn('vera'),
    server.signIn('oscar'),
    server.signIn('ada'),
  ]);
  containerId = server.simulator.env['SIM_FUNCTION_CONTAINER'] ?? '';
});
afterAll(() => server.close());

const claimed = async (by: Browser) =>
  claim.parse(await (await by.post(paths.claims(), { body: { containerId } })).json());

describe('POST /api/claims', () => {
  it('requires a session, a well-formed body, an operator and a function container', async () => {
    const anonymous = await fetch(server.url + paths.claims(), { method: 'POST' });
    expect(anonymous.status).toBe(401);
    const malformed = await operator.post(paths.claims(), { body: { containerId: 'render' } });
    expect([malformed.status, (await errorOf(malformed)).field]).toEqual([400, 'body.containerId']);
    const variable = { containerId, spawn: { environmentVariables: { '1X': 'y' } } };
    expect((await operator.post(paths.claims(), { body: variable })).status).toBe(400);
    expect((await viewer.post(paths.claims(), { body: { containerId } })).status).toBe(403);
    const unknown = await operator.post(paths.claims(), { body: { containerId: 'f'.repeat(24) } });
    expect([unknown.status, (await errorOf(unknown)).code]).toEqual([404, 'not-found']);
  });

  it('claims, spawns and releases, visible to everyone', async () => {
    const answer = await operator.post(paths.claims(), { body: { containerId } });
    expect(answer.status).toBe(201);
    const { id, state } = claim.parse(await answer.json());
    expect(state).toBe('claimed');
    const body = { environmentVariables: { GREETING: 'SECRET-greeting' } };
    const spawned = await operator.post(paths.claimSpawn(id), { body });
    expect(claim.parse(await spawned.json())).toMatchObject({
      state: 'running',
      variableNames: ['GREETING'],
    });
    const { claims } = claimsResponse.parse(await (await viewer.get(paths.claims())).json());
    expect(claims.map((one) => one.id)).toContain(id);
    const { pools } = functionsResponse.parse(await (await viewer.get(paths.functions())).json());
    expect(pools.find((pool) => pool.containerId === containerId)?.instances).toBeGreaterThan(0);
    expect((await operator.post(paths.claimRelease(id))).status).toBe(200);
    const text = await (await viewer.get(paths.claim(id))).text();
    expect(claimDetail.parse(JSON.parse(text)).state).toBe('released');
    expect(text + server.log()).not.toContain('SECRET-');
  });

  it('names the scheduler if it refuses the key', async () => {
    const undo = server.simulator.fail({ api: 'scheduler', kind: 'empty-403' });
    const answer = await operator.post(paths.claims(), { body: { containerId } });
    undo();
    expect(answer.status).toBe(502);
    expect(await errorOf(answer)).toMatchObject({ upstream: 'scheduler' });
  });
});

describe('a claim whose state only a newer release knows', () => {
  it('is listed as lost and left alone', async () => {
    const { id } = await claimed(operator);
    const odd = crypto.randomUUID();
    const newer: Record<string, string> = { state: 'paused' };
    const row = claimRow({ id: odd, ...newer });
    await server.store.db.insertInto('claims').values(row).execute();
    for (const state of ['all', 'ended']) {
      const answer = await viewer.get(`${paths.claims()}?state=${state}`);
      const { claims } = claimsResponse.parse(await answer.json());
      expect(claims.find((one) => one.id === odd)).toMatchObject({
        state: 'lost',
        failure: { code: 'unknown-state', message: expect.stringContaining('“paused”') },
      });
      expect(claims.some((one) => one.id === id)).toBe(state === 'all');
    }
    expect((await admin.post(paths.claimRelease(odd))).status).toBe(409);
    await server.store.db.deleteFrom('claims').where('id', '=', odd).execute();
    expect((await admin.post(paths.claimRelease(id))).status).toBe(200);
  });
});

describe('another person’s claim', () => {
  it('can be acted on by an admin only', async () => {
    const { id } = await claimed(admin);
    expect((await operator.post(paths.claimSpawn(id), { body: {} })).status).toBe(403);
    expect((await operator.post(paths.claimRelease(id))).status).toBe(403);
    const own = await claimed(operator);
    expect((await admin.post(paths.claimRelease(own.id))).status).toBe(200);
    expect((await admin.post(paths.claimRelease(id))).status).toBe(200);
    expect((await admin.post(paths.claimRelease(id))).status).toBe(409);
  });
});
