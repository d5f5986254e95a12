import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { recordOn } from '../../testing/record.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { startTestServer } from '../../testing/server.fixture.ts';
import { TEST_SECRET } from '../../testing/test-secret.ts';
import { createSessionService } from './service.ts';

const HALF_A_DAY = 12 * 3_600_000;
const limits = { confirmWithinMs: 60 * HALF_A_DAY, tokenGraceMs: 2 * HALF_A_DAY };
const logger = pino({ level: 'silent' });
const onRecord = () => ({
  ...recordOn({ store: server.store, clock: { now: () => now }, logger }).recorder,
  storeHealth: server.store.health,
  logger,
});
let server: TestServer;
let now = Date.now();

beforeAll(async () => {
  server = await startTestServer({
    clock: { now: () => now },
    env: { ADMIN_USERS: 'ada', OPERATOR_USERS: 'oscar', SESSION_IDLE_HOURS: '12' },
  });
});
afterAll(() => server.close());

describe('that the VPN accounts changed', () => {
  it('is stored once the store works again, from when it was told', async () => {
    const vera = await server.signIn('vera');
    now += 1_000;
    const { db } = server.store;
    const service = createSessionService({
      roles: { admins: [], operators: [] },
      limits,
      passkeysRequired: 'nobody',
      hub: { publish: () => undefined },
      secrets: [TEST_SECRET],
      db,
      clock: { now: () => now },
      ...onRecord(),
      lifetimeMs: HALF_A_DAY,
      idleMs: HALF_A_DAY,
    });
    await service.start();
    const confirmBy = async (): Promise<unknown> =>
      ((await (await vera.get('/api/session')).json()) as { confirmBy: unknown }).confirmBy;
    const told = async (): Promise<number> =>
      (await server.activity.page({ limit: 9, action: 'session.vpn-accounts-changed' })).entries.length;
    const before = await told();
    await sql`pragma query_only = on`.execute(db);
    await service.accountChanges.vpnAccountsChanged();
    expect(await confirmBy()).toBeNull();
    const at = now;
    now += 60_000;
    await sql`pragma query_only = off`.execute(db);
    await vi.waitFor(async () => expect(await told()).toBe(before + 1), 10_000);
    await vi.waitFor(
      async () => expect(await confirmBy()).toBe(new Date(at + 3_600_000).toISOString()),
      10_000,
    );
    await service.stop();
  });
});

describe('a session', () => {
  it('is told on asking, and ends everywhere when it is signed out', async () => {
    const oscar = await server.signIn('oscar');
    expect(await (await oscar.get('/api/session')).json()).toMatchObject({
      user: { name: 'oscar', role: 'operator' },
    });
    expect((await oscar.del('/api/session', { headers: { 'x-csrf-token': '' } })).status).toBe(403);
    expect((await oscar.del('/api/session')).status).toBe(204);
    expect((await oscar.get('/api/session')).status).toBe(401);
  });

  it('stays signed out after a restart', async () => {
    const [vera, oscar] = [await server.signIn('vera'), await server.signIn('oscar')];
    await vera.del('/api/session');
    const { db } = server.store;
    const restarted = createSessionService({
      roles: { admins: [], operators: [] },
      limits,
      passkeysRequired: 'nobody',
      hub: { publish: () => undefined },
      secrets: [TEST_SECRET],
      db,
      clock: { now: () => now },
      ...onRecord(),
      lifetimeMs: HALF_A_DAY,
      idleMs: HALF_A_DAY,
    });
    await restarted.start();
    const seal = (browser: Browser): string => browser.cookie.slice(browser.cookie.indexOf('=') + 1);
    expect(restarted.read(seal(vera))).toBeNull();
    expect(restarted.read(seal(oscar))).toMatchObject({ name: 'oscar', role: 'viewer' });
    await restarted.stop();
  });

  it('ends after twelve hours', async () => {
    const vera = await server.signIn('vera');
    const start = now;
    now += HALF_A_DAY - 1;
    expect((await vera.get('/api/session')).status).toBe(200);
    now += 1;
    expect((await vera.get('/api/session')).status).toBe(401);
    now = start;
  });

  it('tells its watchers once that it has expired', async () => {
    const brief = createSessionService({
      roles: { admins: [], operators: [] },
      limits,
      passkeysRequired: 'nobody',
      hub: { publish: () => undefined },
      secrets: [TEST_SECRET],
      db: server.store.db,
      clock: { now: () => now },
      ...onRecord(),
      lifetimeMs: 40,
      idleMs: 40,
    });
    const opening = { address: null, userAgent: null, replaces: null };
    const { session } = await brief.begin({ name: 'vera', way: 'vpn' }, opening);
    const reasons: (string | null)[] = [];
    brief.watch(session, (reason) => reasons.push(reason));
    brief.watch(session, () => reasons.push('not this one'))();
    await vi.waitFor(() => expect(reasons).toEqual(['Your session has expired.']));
  });

  it('can’t be made up', async () => {
    const vera = await server.signIn('vera');
    const [name, seal = ''] = vera.cookie.split('=', 2);
    const tampered = `${name}=${seal.slice(0, -3)}abc`;
    for (const cookie of [tampered, `${name}=x`, `${name}=`]) {
      expect((await fetch(`${server.url}/api/session`, { headers: { cookie } })).status).toBe(401);
    }
  });
});
