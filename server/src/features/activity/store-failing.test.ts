import { claim } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { topology } from '@cyclorama/shared/topology.ts';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { bookingIn, bookRobot } from '../../testing/ready-robot.fixture.ts';
import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';

let server: TestServer;
let ada: Browser;
let bookingId: string;
let claimId: string;
let instanceId: string;

beforeAll(async () => {
  server = await startTestServer({ simulator: { speed: 20 }, env: { TRUST_PROXY: '1' } });
  ada = await server.signIn('ada');
  const containerId = server.simulator.env['SIM_FUNCTION_CONTAINER'] ?? '';
  const spawn = { environmentVariables: { PASSWORD: 'SECRET-value' } };
  claimId = await vi.waitFor(async () => {
    const answer = await ada.post(paths.claims(), { body: { containerId, spawn } });
    return claim.parse(await answer.json()).id;
  }, 20_000);
  const { nodes } = topology.parse(await (await ada.get(paths.topology())).json());
  instanceId = nodes.find((node) => node.kind === 'instance' && node.state.current === 'running')?.id ?? '';
  bookingId = (await bookRobot(ada, { vpn: true })).id;
  await bookingIn(ada, bookingId, 'ready');
}, 60_000);
afterAll(() => server.close());

const setReadOnly = (readOnly: boolean) =>
  sql`pragma query_only = ${sql.raw(readOnly ? 'on' : 'off')}`.execute(server.store.db);
afterEach(async () => {
  await setReadOnly(false);
  await vi.waitUntil(() => server.store.health.fault === null, 5_000);
});

/** Requests that change something at an upstream; signing in and following are none. */
const changesSent = (): string[] =>
  Object.values(server.simulator.requests())
    .flatMap((counts) => Object.keys(counts))
    .filter((line) => !line.startsWith('GET '));

describe('a store that fails just before', () => {
  const sha256 = 'a'.repeat(64);
  it.each([
    ['revealing secrets', () => ada.post(paths.claimReveal(claimId))],
    [
      'a rule of a firewall',
      () => ada.post(paths.bookingFirewall(bookingId), { body: { source: '192.0.2.1' } }),
    ],
    ['clearing a firewall', () => ada.del(paths.bookingFirewall(bookingId))],
    ['a VPN profile', () => ada.post(paths.bookingVpn(bookingId))],
    ['revoking a robot token', () => ada.post(paths.robotAccountRevoke(), { body: { sha256 } })],
    [
      'revoking all of them',
      () => ada.post(paths.robotAccountPurge(), { body: { confirm: 'revoke every token' } }),
    ],
    [
      'a build',
      () =>
        ada.post(paths.robotCi(), { body: { repositoryUrl: 'https://example.com/r.git', branch: 'main' } }),
    ],
    ['stopping an instance', () => ada.post(paths.instanceTasks(instanceId), { body: { action: 'stop' } })],
    ['making a token', () => ada.post(paths.accessTokens(), { body: { name: 'nightly', role: 'viewer' } })],
    ['releasing a claim', () => ada.post(paths.claimRelease(claimId))],
    ['ending a booking', () => ada.post(paths.bookingTerminate(bookingId))],
  ])('keeps from %s, says so and sends nothing', async (_, deed) => {
    await setReadOnly(true);
    server.simulator.resetRequests();
    const answer = await deed();
    const text = await answer.clone().text();
    expect(text).not.toContain('SECRET');
    const { code, message } = await errorOf(answer);
    expect([answer.status, code]).toEqual([503, 'store-unavailable']);
    expect(message).toMatch(/can’t be written/);
    expect(changesSent()).toEqual([]);
  });
});

describe('people, while the store fails', () => {
  const cookieOf = (answer: Response) => answer.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  const refused = async (answer: Response): Promise<void> => {
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([503, []]);
    expect((await errorOf(answer)).message).toMatch(/can’t be (put on record|written)/);
  };
  const sessionsOfVera = () =>
    server.store.db
      .selectFrom('sessions')
      .select(['id', 'ended_at'])
      .where('person', '=', 'vera')
      .orderBy('created_at')
      .execute();

  it('do not sign in, and keep the session they have', async () => {
    const vera = await server.signIn('vera');
    const { entries } = await server.activity.page({ limit: 1, action: 'session' });
    await setReadOnly(true);
    await refused(await server.signInAs('vera', server.password('vera'), { cookie: vera.cookie }));
    expect((await vera.get(paths.session())).status).toBe(200);
    await setReadOnly(false);
    await vi.waitUntil(() => server.store.health.fault === null, 5_000);
    expect((await vera.get(paths.session())).status).toBe(200);
    expect((await server.activity.page({ limit: 1, action: 'session' })).entries).toEqual(entries);
    expect(await sessionsOfVera()).toMatchObject([{ ended_at: null }]);
  });

  it('end no session of others and none of their other ones, block nobody and give no role', async () => {
    const [vera, there] = [await server.signIn('vera'), await server.signIn('vera')];
    const [first] = await sessionsOfVera();
    const asked: [string, () => Promise<Response>][] = [
      ['another’s session', () => ada.del(`/api/team/vera/sessions/${first?.id}`)],
      ['one of their own', () => vera.del(`/api/sessions/${first?.id}`)],
      ['all others', () => there.del('/api/sessions')],
      ['blocking', () => ada.put('/api/team/vera/block')],
      ['a role', () => ada.put('/api/team/vera/role', { body: { role: 'operator' } })],
    ];
    for (const [what, ask] of asked) {
      await setReadOnly(true);
      await refused(await ask());
      await setReadOnly(false);
      await vi.waitUntil(() => server.store.health.fault === null, 5_000);
      const statuses = [(await vera.get(paths.session())).status, (await there.get(paths.session())).status];
      expect({ what, statuses }).toEqual({ what, statuses: [200, 200] });
    }
    expect((await sessionsOfVera()).filter(({ ended_at: at }) => at !== null)).toEqual([]);
  });

  it('sign out all the same: cookie and session are dead at once, and on record once the store works', async () => {
    const vera = await server.signIn('vera');
    await setReadOnly(true);
    const answer = await vera.del(paths.session());
    expect(answer.status).toBe(204);
    expect(cookieOf(answer)).toEqual([expect.stringMatching(/=$/)]);
    expect((await vera.get(paths.session())).status).toBe(401);
    expect(server.log()).toMatch(/"action":"session.sign-out".*"signature":"[\w-]{43}"/);
    await setReadOnly(false);
    await vi.waitFor(async () => {
      const { entries } = await server.activity.page({ limit: 1, action: 'session.sign-out' });
      expect(entries).toMatchObject([{ actor: 'vera', outcome: 'done' }]);
      expect((await sessionsOfVera()).at(-1)?.ended_at).toEqual(expect.any(Number));
    }, 10_000);
  });
});

it('has two entries of what was done, the second naming the first, with way in, address and request', async () => {
  const headers = { 'x-forwarded-for': '198.51.100.7' };
  const answer = await ada.post(paths.bookingFirewall(bookingId), { body: { source: '192.0.2.1' }, headers });
  expect(answer.status).toBe(200);
  const { entries } = await server.activity.page({ limit: 2, action: 'booking.firewall-add' }, 'admin');
  const [done, started] = entries;
  expect(started).toMatchObject({ outcome: 'started', after: 'ACCEPT 192.0.2.1', intent: null });
  expect(done).toMatchObject({
    outcome: 'done',
    intent: started?.id,
    way: 'vpn',
    subject: { id: bookingId },
  });
  const requestId = answer.headers.get('x-request-id');
  for (const entry of [done, started]) {
    expect(entry?.origin).toMatchObject({ address: '198.51.100.7', requestId, wayId: expect.any(String) });
  }
  const seen = await server.activity.page({ limit: 2, action: 'booking.firewall-add' });
  expect(seen.entries.map(({ origin }) => origin)).toEqual([null, null]);
});
