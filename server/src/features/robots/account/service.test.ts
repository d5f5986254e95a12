import { upstreamsResponse } from '@cyclorama/shared/common.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { ciBuild, ciProjects, robotAccount } from '@cyclorama/shared/robot-access.ts';
import type { RobotAccount } from '@cyclorama/shared/robot-access.ts';
import { deploymentsResponse } from '@cyclorama/shared/robots.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { errorOf, startTestServer } from '../../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../../testing/server.fixture.ts';
import { tokenSha256 } from '../../../upstream/rerobots/token.ts';

const accountOf = async (answer: Response): Promise<RobotAccount> => {
  expect(answer.status).toBe(200);
  return robotAccount.parse(await answer.json());
};

describe.each(['documented', 'observed'] as const)('the account of the %s profile', (profile) => {
  let server: TestServer;
  let ada: Browser;
  let oscar: Browser;
  let vera: Browser;
  let configured: string;
  let first: string;
  let second: string;
  const everSeen: string[] = [];
  const account = async () => accountOf(await ada.get(paths.robotAccount()));
  const rerobots = async () => {
    const { upstreams } = upstreamsResponse.parse(await (await vera.get(paths.upstreams())).json());
    return upstreams.find(({ name }) => name === 'rerobots');
  };
  const setToken = async (token: string): Promise<Response> =>
    ada.put(paths.robotAccountToken(), { body: { token } });

  beforeAll(async () => {
    server = await startTestServer({ simulator: { profile } });
    [ada, oscar, vera] = await Promise.all([
      server.signIn('ada'),
      server.signIn('oscar'),
      server.signIn('vera'),
    ]);
    configured = server.simulator.env['REROBOTS_API_TOKEN'] ?? '';
    const user = 'cyclorama';
    first = await server.simulator.rerobots.issueToken({ user, lifetimeSeconds: 86_400 });
    second = await server.simulator.rerobots.issueToken({ user, claims: { org: 'team' } });
    everSeen.push(configured, first, second);
  });
  afterAll(() => server.close());

  it('is for admins in a browser, and shows whose token it is but never the token', async () => {
    expect((await fetch(server.url + paths.robotAccount())).status).toBe(401);
    expect((await oscar.get(paths.robotAccount())).status).toBe(403);
    expect(
      (await oscar.post(paths.robotAccountPurge(), { body: { confirm: 'revoke every token' } })).status,
    ).toBe(403);
    await vi.waitFor(async () => expect((await account()).tokenWorks).toBe(true), 5_000);
    expect(await account()).toEqual({
      tokenFrom: 'configured',
      tokenWorks: true,
      tokenSha256: tokenSha256(configured),
      userName: 'cyclorama',
      expiresAt: null,
    });
  });

  it('accepts another token only after rerobots does, and uses it at once', async () => {
    for (const token of ['short', 'x'.repeat(40), `${first.slice(0, -8)}AAAAAAAA`]) {
      const answer = await setToken(token);
      const { field, message } = await errorOf(answer);
      expect([answer.status, field]).toEqual([400, 'body.token']);
      expect(message).not.toContain(token.slice(0, 20));
    }
    expect((await account()).tokenFrom).toBe('configured');
    const set = await accountOf(await setToken(first));
    expect(set).toMatchObject({ tokenFrom: 'stored', tokenWorks: true, tokenSha256: tokenSha256(first) });
    expect(Date.parse(set.expiresAt ?? '')).toBeGreaterThan(Date.now());
    // The proxy uses it too: rerobots counts calls per token, so the new one has hardly any.
    const answer = await vera.get('/api/proxy/rerobots/reservations');
    expect([answer.status, Number(answer.headers.get('x-ratelimit-remaining')) > 3_550]).toEqual([200, true]);
  });

  it('revokes by hash, and never accepts a revoked token again', async () => {
    const wrong = await ada.post(paths.robotAccountRevoke(), { body: { sha256: 'abc' } });
    expect([wrong.status, (await errorOf(wrong)).field]).toEqual([400, 'body.sha256']);
    const sha256 = tokenSha256(configured);
    await accountOf(await ada.post(paths.robotAccountRevoke(), { body: { sha256 } }));
    expect((await account()).tokenFrom).toBe('stored');
    const again = await setToken(configured);
    expect([again.status, (await errorOf(again)).message]).toEqual([
      409,
      'This token was revoked here and can’t be used again. Nothing was changed.',
    ]);
    const { entries } = await server.activity.page({ limit: 2, action: 'robot-account.revoke' });
    expect(entries.map(({ actor, outcome }) => [actor, outcome])).toEqual([
      ['ada', 'done'],
      ['ada', 'started'],
    ]);
  });

  it('says so when its own token is revoked elsewhere, and then only probes rerobots', async () => {
    const undo = server.simulator.fail({ api: 'rerobots', kind: 'revoke-token' });
    const refused = await vera.get(paths.robotCi());
    const { upstream, message } = await errorOf(refused);
    expect([refused.status, upstream]).toEqual([502, 'rerobots']);
    expect(message).toContain('An admin can set a new one');
    await vi.waitFor(
      async () => expect((await rerobots())?.reason).toContain('was revoked or has expired'),
      5_000,
    );
    expect((await rerobots())?.credentials).toBe('refused');
    expect((await account()).tokenWorks).toBe(false);
    undo();
    expect((await vera.get(paths.robotCi())).status).toBe(200);
    expect((await account()).tokenWorks).toBe(true);
    expect(await rerobots()).toMatchObject({ state: 'live', reason: null });
    expect(await rerobots()).not.toHaveProperty('credentials');
  });

  it('purges only when confirmed in words, and then has no token at all', async () => {
    const body = { confirm: 'yes' };
    expect((await ada.post(paths.robotAccountPurge(), { body })).status).toBe(400);
    const purged = await ada.post(paths.robotAccountPurge(), { body: { confirm: 'revoke every token' } });
    expect(await accountOf(purged)).toMatchObject({
      tokenFrom: 'revoked',
      tokenWorks: null,
      tokenSha256: null,
    });
    expect(await rerobots()).toMatchObject({
      state: 'unconfigured',
      credentials: 'missing',
      reason: expect.stringMatching(/token was revoked here\. .* until an admin sets a new one/),
      budget: null,
    });
    for (const answer of [
      await oscar.post(paths.bookings(), { body: { type: 'null' } }),
      await vera.get('/api/proxy/rerobots/reservations'),
      await vera.get(paths.robotCi()),
    ]) {
      const { code, message } = await errorOf(answer);
      expect([answer.status, code]).toEqual([503, 'upstream-unconfigured']);
      expect(message).toContain('token was revoked here');
    }
    expect((await setToken(first)).status).toBe(409);
    const { entries } = await server.activity.page({ limit: 1, action: 'robot-account.purge' });
    expect(entries[0]).toMatchObject({ actor: 'ada', outcome: 'done' });
    expect(entries[0]?.detail).toContain('no token now');
  });

  it('continues with a new token: robots are read again', async () => {
    // Documented: a purge revokes unused tokens too, so only one created afterwards is certainly valid.
    const fresh = await server.simulator.rerobots.issueToken({ user: 'cyclorama', claims: { org: 'new' } });
    everSeen.push(fresh);
    expect(await accountOf(await setToken(fresh))).toMatchObject({ tokenFrom: 'stored', tokenWorks: true });
    await vi.waitFor(async () => {
      const read = deploymentsResponse.parse(await (await vera.get(paths.deployments())).json());
      expect(read.freshness.state).toBe('live');
    }, 5_000);
  });

  it('starts a build with one body, and says what happened', async () => {
    const repositoryUrl = 'https://someone:hunter2-secret@git.example/robot';
    expect((await vera.post(paths.robotCi(), { body: { repositoryUrl } })).status).toBe(403);
    const wrong = await oscar.post(paths.robotCi(), { body: { repositoryUrl, commit: 'HEAD' } });
    expect([wrong.status, (await errorOf(wrong)).field]).toEqual([400, 'body.commit']);
    const at = { branch: 'main', commit: '0a1b2c3d' };
    const answer = await oscar.post(paths.robotCi(), { body: { repositoryUrl, ...at } });
    expect(answer.status).toBe(201);
    expect(ciBuild.parse(await answer.json())).toMatchObject({ projectId: expect.any(String), jobId: '1' });
    const bare = ciBuild.parse(await (await oscar.post(paths.robotCi(), { body: { repositoryUrl } })).json());
    expect(bare.note).toContain('main was used');
    expect(bare.jobId).toBe(profile === 'documented' ? '1' : null);
    const text = await (await vera.get(paths.robotCi())).text();
    expect(ciProjects.parse(JSON.parse(text)).projects).toHaveLength(2);
    const { entries } = await server.activity.page({ limit: 5, action: 'ci.start' });
    expect(text + JSON.stringify(entries) + server.log()).not.toContain('hunter2');
  });

  it('reveals no token: not in a log, an activity or the store', async () => {
    const { entries } = await server.activity.page({ limit: 100 });
    const settings = await server.store.db.selectFrom('settings').selectAll().execute();
    const told = JSON.stringify(entries) + JSON.stringify(settings) + server.log();
    for (const token of everSeen) {
      const signature = token.split('.')[2] ?? '';
      expect(signature.length).toBeGreaterThan(40);
      expect(told).not.toContain(signature);
    }
  });
});
