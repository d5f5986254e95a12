import { accessTokenCreated } from '@cyclorama/shared/access-tokens.ts';
import { claim, claimBatch, claimsResponse, durationsResponse } from '@cyclorama/shared/claims.ts';
import type { ClaimBatch } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { errorOf, startTestServer } from '../../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../../testing/server.fixture.ts';

let server: TestServer;
let [viewer, oscar, ada]: Browser[] = [];
let containerId: string;
let token: string;
beforeAll(async () => {
  server = await startTestServer();
  [viewer, oscar, ada] = await Promise.all(
    ['vera', 'oscar', 'ada'].map((name) => server.signIn(name as 'ada')),
  );
  containerId = server.simulator.env['SIM_FUNCTION_CONTAINER'] ?? '';
  const made = await oscar?.post(paths.accessTokens(), { body: { name: 'nightly' } });
  ({ token } = accessTokenCreated.parse(await made?.json()));
});
afterAll(() => server.close());

/** Like a script: no cookie, no CSRF token. */
const call = (method: 'GET' | 'POST', path: string, body?: object) =>
  fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const runOne = async (over: object = {}) => {
  const spawn = { environmentVariables: { PASSWORD: 'SECRET-value' } };
  return claim.parse(await (await call('POST', paths.claims(), { containerId, spawn, ...over })).json());
};
const id = '0c5b3a0e-51c7-4d5c-9a0b-0a5b9b0f7d11';

describe('a script', () => {
  it('claims, spawns, reads and releases', async () => {
    const claimed = claim.parse(await (await call('POST', paths.claims(), { containerId })).json());
    expect(claimed).toMatchObject({ state: 'claimed', owner: 'oscar' });
    const body = { environmentVariables: { PASSWORD: 'SECRET-value' } };
    const spawned = await call('POST', paths.claimSpawn(claimed.id), body);
    expect(claim.parse(await spawned.json())).toMatchObject({
      state: 'running',
      variableNames: ['PASSWORD'],
    });
    const released = await call('POST', paths.claimRelease(claimed.id));
    expect(claim.parse(await released.json()).state).toBe('released');
    const again = await call('POST', paths.claimRelease(claimed.id));
    expect([again.status, (await errorOf(again)).message]).toEqual([409, 'It was released.']);
  });

  it('starts a batch, follows it and stops it with its runs', async () => {
    const order = {
      containerId,
      count: 9,
      concurrency: 2,
      environmentVariables: { PASSWORD: 'SECRET-value' },
    };
    const { id: batchId } = claimBatch.parse(await (await call('POST', paths.claimBatches(), order)).json());
    const read = async (): Promise<ClaimBatch> =>
      claimBatch.parse(await (await call('GET', paths.claimBatch(batchId))).json());
    const runs = async () => {
      const answer = await call('GET', `${paths.claims()}?state=open&batchId=${batchId}`);
      return claimsResponse.parse(await answer.json()).claims.map(({ state }) => state);
    };
    await vi.waitFor(async () => expect(await runs()).toEqual(['running', 'running']), 5_000);
    await call('POST', paths.claimBatchStop(batchId), { release: true });
    await vi.waitFor(async () => expect((await read()).endedAt).not.toBeNull(), 5_000);
    expect(await read()).toMatchObject({ state: 'stopped', started: 2, open: 0, done: 2, failed: 0 });
  });

  it('exports the history as CSV and JSON, without secrets and formulas', async () => {
    const { id: runId } = await runOne();
    await call('POST', paths.claimRelease(runId));
    const { db } = server.store;
    await db
      .updateTable('claims')
      .set({ container_name: '=HYPERLINK("x")' })
      .where('id', '=', runId)
      .execute();
    const csv = await call('GET', `${paths.claimsExport()}?format=csv&state=ended&q=${runId}`);
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="claims-.*\.csv"$/);
    const [head, row = '', ...rest] = (await csv.text()).trimEnd().split('\r\n');
    expect([head?.split(',')[0], rest]).toEqual(['id', []]);
    expect(row).toContain(`"'=HYPERLINK(""x"")"`);
    const json = await (
      await call('GET', `${paths.claimsExport()}?format=json&state=all&owner=oscar`)
    ).text();
    const listed = claimsResponse.shape.claims.parse(JSON.parse(json));
    expect(listed.map((one) => one.id)).toContain(runId);
    expect(row + json).not.toContain('SECRET-');
    expect((await call('GET', `${paths.claimsExport()}?format=xml`)).status).toBe(400);
  });

  it('reads how long runs took', async () => {
    const { id: runId } = await runOne();
    await call('POST', paths.claimRelease(runId));
    const answer = await call('GET', paths.functionDurations(containerId));
    const last = durationsResponse.parse(await answer.json()).runs.at(-1);
    expect(last?.claimId).toBe(runId);
    for (const part of [last?.queue, last?.start, last?.run]) expect(part).toBeGreaterThanOrEqual(0);
  });
});

describe('the history', () => {
  it('is filtered and paged', async () => {
    const list = async (query: string) =>
      claimsResponse.parse(await (await viewer?.get(`${paths.claims()}?state=all&${query}`))?.json());
    const all = (await list('limit=500')).claims.map((one) => one.id);
    const paged: string[] = [];
    for (let before: string | null = ''; before !== null;) {
      const page = await list(`limit=2${before === '' ? '' : `&before=${before}`}`);
      paged.push(...page.claims.map((one) => one.id));
      before = page.nextBefore;
    }
    expect(paged).toEqual(all);
    expect((await list('owner=ada')).claims).toEqual([]);
    expect((await list(`containerId=${'f'.repeat(24)}`)).claims).toEqual([]);
    expect((await list(`q=${all[0]}`)).claims).toHaveLength(1);
    const unknown = await viewer?.get(`${paths.claims()}?before=${id}`);
    expect(unknown?.status).toBe(400);
  });
});

describe('revealing secrets', () => {
  it('is for owner and admin in a signed-in browser, and recorded', async () => {
    const { id: runId } = await runOne();
    expect((await call('POST', paths.claimReveal(runId))).status).toBe(403);
    const shown = await ada?.post(paths.claimReveal(runId));
    expect([shown?.status, shown?.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await shown?.json()).toMatchObject({ environmentVariables: { PASSWORD: 'SECRET-value' } });
    const { entries } = await server.activity.page({ limit: 5, action: 'claim.reveal' });
    expect(entries[0]).toMatchObject({ actor: 'ada', subject: { id: runId } });
    const other = claim.parse(await (await ada?.post(paths.claims(), { body: { containerId } }))?.json());
    expect((await oscar?.post(paths.claimReveal(other.id)))?.status).toBe(403);
    await ada?.post(paths.claimRelease(other.id));
    await oscar?.post(paths.claimRelease(runId));
    expect(server.log()).not.toContain('SECRET-');
  });
});

describe('a viewer', () => {
  const instanceId = 'f'.repeat(24);
  it.each([
    [paths.claims(), () => ({ containerId })],
    [paths.claimSpawn(id), () => ({})],
    [paths.claimRelease(id), () => undefined],
    [paths.claimCancel(id), () => undefined],
    [paths.claimRetry(id), () => undefined],
    [paths.claimReveal(id), () => undefined],
    [paths.claimsAdopt(), () => ({ containerId, instanceId, token: 'a-token' })],
    [paths.claimsReleaseMine(), () => undefined],
    [paths.claimBatches(), () => ({ containerId, count: 1 })],
    [paths.claimBatchStop(id), () => undefined],
  ])('may not POST %s', async (path, body) => {
    const answer = await viewer?.post(path, { body: body() });
    expect(answer?.status).toBe(403);
  });
});

it.each([
  [paths.claimsAdopt(), { token: 'four' }, 'body.token'],
  [paths.claimBatches(), { count: 1_001 }, 'body.count'],
  [paths.claimBatches(), { count: 1, concurrency: 51 }, 'body.concurrency'],
  [paths.claims(), { releaseAfterSeconds: -1 }, 'body.releaseAfterSeconds'],
])('POST %s with %o names the field at fault', async (path, over, field) => {
  const body = { containerId, instanceId: 'f'.repeat(24), token: 'a-token', ...over };
  const answer = await oscar?.post(path, { body });
  expect([answer?.status, (await errorOf(answer as Response)).field]).toEqual([400, field]);
});
