import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { startTestServer } from '../../testing/server.fixture.ts';

const HOUR_MS = 3_600_000;
const env = { ADMIN_USERS: 'ada', OPERATOR_USERS: 'oscar' };
const statusOf = async (browser: Browser): Promise<number> => (await browser.get('/api/session')).status;

describeOnEachEngine('sessions of two replicas', (bench) => {
  let first: TestServer;
  let second: TestServer;
  let now: number;
  const clock = { now: () => now };

  beforeEach(async () => {
    now = Date.now();
    first = await startTestServer({ store: bench.store, env, clock });
    second = await startTestServer({ beside: first, env, clock });
  });
  afterEach(async () => {
    await second.close();
    await first.close();
    await bench.store.db.deleteFrom('sessions').execute();
    await bench.store.db.deleteFrom('people').execute();
  });

  const atSecond = (browser: Browser): Promise<Response> =>
    fetch(`${second.url}/api/session`, { headers: { cookie: browser.cookie } });

  it('are valid at the other one at once, with the same role', async () => {
    const answer = await atSecond(await first.signIn('oscar'));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ user: { name: 'oscar', role: 'operator' } });
  });

  it('get a new id at every sign-in, and the one sent along is dead at both', async () => {
    const before = await first.signIn('vera');
    expect((await atSecond(before)).status).toBe(200);
    const stream = await fetch(`${second.url}/api/events`, { headers: { cookie: before.cookie } });
    const again = await first.signInAs('vera', first.password('vera'), { cookie: before.cookie });
    const [cookie] = (again.headers.get('set-cookie') ?? '').split(';');
    expect(cookie).not.toBe(before.cookie);
    expect(await statusOf(before)).toBe(401);
    await vi.waitFor(async () => expect((await atSecond(before)).status).toBe(401), 5_000);
    // Other pages of the browser have the new cookie already: they connect again and read the session.
    const text = await stream.text();
    expect(text).not.toContain('signed-out');
    expect(text).toMatch(/retry: \d+\n\n$/);
    const after = await fetch(`${second.url}/api/session`, { headers: { cookie: cookie ?? '' } });
    expect(after.status).toBe(200);
  });

  it('are rows with when, how and from where', async () => {
    const answer = await first.signInAs('vera', first.password('vera'), { 'user-agent': 'A browser' });
    expect(answer.status).toBe(200);
    const rows = await bench.store.db.selectFrom('sessions').selectAll().execute();
    expect(rows).toMatchObject([
      {
        person: 'vera',
        way: 'vpn',
        address: '127.0.0.1',
        user_agent: 'A browser',
        created_at: now,
        last_seen_at: now,
        confirmed_at: now,
        expires_at: now + 12 * HOUR_MS,
        ended_at: null,
      },
    ]);
    expect(await bench.store.db.selectFrom('people').selectAll().execute()).toMatchObject([
      { name: 'vera', way: 'vpn', confirmed_at: now, blocked_at: null },
    ]);
  });

  it('close their streams at the other one when they end', async () => {
    const vera = await first.signIn('vera');
    const stream = await fetch(`${second.url}/api/events`, { headers: { cookie: vera.cookie } });
    const text = stream.text();
    expect((await vera.del('/api/session')).status).toBe(204);
    expect(await text).toContain('{"type":"signed-out","reason":"You signed out."}');
  });

  it('end when they are not used for four hours, also after a restart', async () => {
    const [vera, oscar] = [await first.signIn('vera'), await first.signIn('oscar')];
    now += 3 * HOUR_MS;
    expect(await statusOf(vera)).toBe(200);
    now += HOUR_MS;
    expect([await statusOf(vera), await statusOf(oscar)]).toEqual([200, 401]);
    const third = await startTestServer({ beside: first, env, clock });
    const again = await fetch(`${third.url}/api/session`, { headers: { cookie: oscar.cookie } });
    await third.close();
    expect(again.status).toBe(401);
  });
});

describe('a session', () => {
  let server: TestServer;
  let now = Date.now();

  beforeEach(async () => {
    server = await startTestServer({ env, clock: { now: () => now } });
  });
  afterEach(() => server.close());

  it('is in use while a page of it is open', async () => {
    const vera = await server.signIn('vera');
    const stream = await fetch(`${server.url}/api/events`, { headers: { cookie: vera.cookie } });
    now += 3 * HOUR_MS;
    const seenAt = (): Promise<number[]> =>
      server.store.db
        .selectFrom('sessions')
        .select('last_seen_at')
        .execute()
        .then((rows) => rows.map(({ last_seen_at: at }) => at));
    await vi.waitFor(async () => expect(await seenAt()).toEqual([now]), 5_000);
    now += 3 * HOUR_MS;
    expect(await statusOf(vera)).toBe(200);
    await stream.body?.cancel();
  });

  it('that is no longer in the store is over, after a backup was restored for one', async () => {
    const vera = await server.signIn('vera');
    await server.store.db.deleteFrom('sessions').execute();
    now += 2 * 60_000;
    await vi.waitFor(async () => expect(await statusOf(vera)).toBe(401), 5_000);
  });
});
