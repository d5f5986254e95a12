import type { ServerEvent } from '@cyclorama/shared/events.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { listActivity } from '../store/activity.ts';
import { openStore } from '../store/database.ts';
import type { Store } from '../store/database.ts';
import { postgresBinaries, startPostgres } from '../testing/postgres.fixture.ts';
import type { TestPostgres } from '../testing/postgres.fixture.ts';
import { browserOf, startTestServer } from '../testing/server.fixture.ts';
import type { Browser, TestServer } from '../testing/server.fixture.ts';

const binaries = postgresBinaries();
const logger = { warn: () => undefined };
const soon = { timeout: 10_000, interval: 20 };

describe.skipIf(binaries === null)('two replicas on one database', () => {
  let postgres: TestPostgres;
  let store: Store;
  let one: TestServer;
  let other: TestServer;
  let containerId: string;
  let atOne: Browser;
  /** What the pages of `other` are told. */
  let heard: ServerEvent[] = [];

  const claimAt = async (browser: Browser): Promise<{ id: string; cookies: string[] }> => {
    const answer = await browser.post(paths.claims(), { body: { containerId } });
    expect(answer.status).toBe(201);
    const { id } = (await answer.json()) as { id: string };
    return { id, cookies: answer.headers.getSetCookie() };
  };
  const ours = async (browser: Browser): Promise<number> => {
    const answer = await browser.get(paths.functions());
    const { pools } = (await answer.json()) as { pools: { containerId: string; ours: number }[] };
    return pools.find((pool) => pool.containerId === containerId)?.ours ?? 0;
  };
  const claimsHeard = () => heard.flatMap((event) => (event.type === 'claim' ? [event.claim] : []));

  beforeAll(async () => {
    postgres = await startPostgres(binaries ?? '');
    store = await openStore({ databaseUrl: postgres.url }, logger);
    const env = { ROBOT_QUOTA: '1' };
    one = await startTestServer({ store, env });
    other = await startTestServer({ beside: one, env });
    other.hub.subscribe((event) => void heard.push(structuredClone(event)));
    containerId = one.simulator.env['SIM_FUNCTION_CONTAINER'] ?? '';
    atOne = await one.signIn('oscar');
  }, 60_000);
  afterAll(async () => {
    await other.close();
    await one.close();
    await store.close();
    await postgres.stop();
  });
  beforeEach(() => void (heard = []));

  it('tell the pages of the other what one does, and its entry on record', async () => {
    const { id } = await claimAt(atOne);
    await vi.waitFor(() => {
      expect(claimsHeard().at(-1)).toMatchObject({ id, state: 'claimed' });
      const entries = heard.flatMap((event) => (event.type === 'activity' ? [event.entry] : []));
      expect(entries.filter(({ subject }) => subject?.id === id).map(({ action }) => action)).toEqual([
        'claim.request',
        'claim.claim',
      ]);
    }, soon);
  });

  it('answer a browser that goes from one to the other with what it has just done', async () => {
    for (let round = 0; round < 5; round += 1) {
      const before = await ours(atOne);
      const { id, cookies } = await claimAt(atOne);
      const seen = cookies
        .map((cookie) => cookie.split(';', 1)[0] ?? '')
        .find((cookie) => cookie.includes('-seen='));
      expect(seen).toContain(one.hub.epoch);
      const atOther = browserOf(other.url, `${atOne.cookie}; ${seen}`, atOne.csrfToken);
      expect(await ours(atOther)).toBe(before + 1);
      expect((await atOther.post(paths.claimRelease(id))).status).toBe(200);
      await vi.waitFor(async () => expect(await ours(atOne)).toBe(before), soon);
    }
  });

  it('end a session at both at once', async () => {
    const ada = await one.signIn('ada');
    const adaAtOther = browserOf(other.url, ada.cookie, ada.csrfToken);
    expect((await adaAtOther.get(paths.overview())).status).toBe(200);
    const end = { headers: { cookie: ada.cookie, 'x-csrf-token': ada.csrfToken } };
    expect((await fetch(`${one.url}${paths.session()}`, { method: 'DELETE', ...end })).ok).toBe(true);
    await vi.waitFor(async () => expect((await adaAtOther.get(paths.overview())).status).toBe(401), soon);
  });

  it('lose nothing when a connection is lost: the pages read everything again', async () => {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cyclorama replica'`.execute(
      store.db,
    );
    await vi.waitFor(() => expect(heard.map(({ type }) => type)).toContain('resync'), soon);
    const { id } = await claimAt(atOne);
    await vi.waitFor(() => expect(claimsHeard().map((claim) => claim.id)).toContain(id), soon);
  });

  it('record once what both detect', async () => {
    const { nodes } = (await (await atOne.get(paths.topology())).json()) as {
      nodes: { kind: string; id: string; health?: string }[];
    };
    const id = nodes.find((node) => node.kind === 'instance' && node.health === 'healthy')?.id ?? '';
    one.simulator.happen({ kind: 'instance.unhealthy', id });
    const detected = async () =>
      (await listActivity(store.db, { limit: 200, subject: id })).filter(
        ({ action }) => action === 'instance.health',
      );
    await vi.waitFor(async () => expect(await detected()).toHaveLength(1), soon);
    // Both have seen it by now.
    const seenBy = async (browser: Browser) =>
      ((await (await browser.get(paths.instance(id))).json()) as { instance: { health: string } }).instance
        .health;
    const atOther = browserOf(other.url, atOne.cookie, atOne.csrfToken);
    await vi.waitFor(
      async () => expect([await seenBy(atOne), await seenBy(atOther)]).toEqual(['unhealthy', 'unhealthy']),
      soon,
    );
    await new Promise((resolve) => void setTimeout(resolve, 500));
    expect(await detected()).toHaveLength(1);
  });

  it('read the robot account once for both, and keep a quota together', async () => {
    const atOther = browserOf(other.url, atOne.cookie, atOne.csrfToken);
    const robotsAt = async (browser: Browser) => {
      const answer = await browser.get(`${paths.deployments()}?types=basic_kobuki`);
      const { deployments, freshness } = (await answer.json()) as {
        deployments: { id: string; online: boolean | null }[];
        freshness: { state: string };
      };
      return { ids: deployments.map(({ id }) => id), state: freshness.state };
    };
    await vi.waitFor(async () => {
      const { ids, state } = await robotsAt(atOther);
      expect({ ids, state }).toEqual(await robotsAt(atOne));
      expect(state).toBe('live');
      expect(ids.length).toBeGreaterThan(1);
    }, soon);
    // Once for all, and once more at most for each time that another began to lead.
    const { term } = await store.db.selectFrom('leadership').select('term').executeTakeFirstOrThrow();
    expect(one.simulator.requests().rerobots['GET /deployments']).toBeLessThanOrEqual(term);

    const { ids } = await robotsAt(atOne);
    const sshPublicKey = `ssh-ed25519 ${'A'.repeat(68)} replicas@test`;
    const answers = await Promise.all(
      [atOne, atOther].map((browser, seat) =>
        browser.post(paths.bookings(), { body: { deploymentId: ids[seat], sshPublicKey, reserve: true } }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });
});
