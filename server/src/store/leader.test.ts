import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { postgresBinaries, startPostgres } from '../testing/postgres.fixture.ts';
import type { TestPostgres } from '../testing/postgres.fixture.ts';
import { openStore } from './database.ts';
import type { Store } from './database.ts';
import { createPostgresLeader, NotLeading } from './leader.ts';
import type { Leader } from './leader.ts';
import { createPostgresSession } from './postgres-session.ts';

const logger = { info: () => undefined, warn: () => undefined };
const binaries = postgresBinaries();
let postgres: TestPostgres;
let store: Store;

describe.skipIf(binaries === null)('leadership among replicas', () => {
  const stops: (() => Promise<void>)[] = [];
  const replica = async (
    processId: string,
    times: { beatMs?: number; idleMs?: number; beliefMs?: number } = {},
  ) => {
    const session = createPostgresSession({
      connectionString: postgres.url,
      logger,
      beatMs: times.beatMs ?? 50,
      idleMs: times.idleMs ?? 5_000,
    });
    const leader = createPostgresLeader({ session, processId, logger, beliefMs: times.beliefMs ?? 4_000 });
    await session.start?.();
    stops.push(() => session.stop());
    return { leader, stop: () => session.stop() };
  };
  const leaderNow = () =>
    store.db.selectFrom('leadership').select(['leader', 'term']).executeTakeFirstOrThrow();
  const leads = (leader: Leader) =>
    vi.waitFor(() => expect(leader.isLeader()).toBe(true), { timeout: 10_000 });

  beforeAll(async () => {
    postgres = await startPostgres(binaries ?? '');
    store = await openStore({ databaseUrl: postgres.url }, logger);
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await postgres.stop();
  });
  beforeEach(() => void (stops.length = 0));
  afterEach(async () => {
    for (const stop of stops) await stop();
  });

  it('is one replica’s from its start, and the next one’s once that stops', async () => {
    const one = await replica('one');
    const other = await replica('other');
    expect([one.leader.isLeader(), other.leader.isLeader()]).toEqual([true, false]);
    const { term } = await leaderNow();
    await one.stop();
    expect(one.leader.isLeader()).toBe(false);
    await leads(other.leader);
    expect(await leaderNow()).toEqual({ leader: 'other', term: term + 1 });
  });

  it('ends with the connection, and whoever connects next has a new term', async () => {
    const { leader } = await replica('one');
    const { term } = await leaderNow();
    const end = `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'`;
    await store.db.executeQuery({ sql: end, parameters: [] } as never);
    await vi.waitFor(async () => expect((await leaderNow()).term).toBe(term + 1), { timeout: 10_000 });
    await leads(leader);
  });

  it('is taken from a process that is silent, which believes so first', async () => {
    const silent = await replica('silent', { beatMs: 60_000, idleMs: 1_000, beliefMs: 500 });
    const other = await replica('other');
    expect(silent.leader.isLeader()).toBe(true);
    await vi.waitFor(() => expect(silent.leader.isLeader()).toBe(false));
    expect(other.leader.isLeader()).toBe(false);
    await leads(other.leader);
  });

  it('fences: what an earlier leader still wants to write is refused', async () => {
    const one = await replica('one');
    const before = store.db.transaction().execute((within) => one.leader.fence(within));
    await expect(before).resolves.toBeUndefined();
    // As if it had been paused after it asked, while somebody else took over.
    await store.db
      .updateTable('leadership')
      .set(({ eb }) => ({ term: eb('term', '+', 1) }))
      .execute();
    const after = store.db.transaction().execute((within) => one.leader.fence(within));
    await expect(after).rejects.toBeInstanceOf(NotLeading);
  });

  it('begins elsewhere only once a fenced transaction is over', async () => {
    const one = await replica('one');
    const other = await replica('other');
    const order: string[] = [];
    await store.db.transaction().execute(async (within) => {
      await one.leader.fence(within);
      await one.stop();
      await new Promise((resolve) => void setTimeout(resolve, 300));
      expect(other.leader.isLeader()).toBe(false);
      order.push('written');
    });
    await leads(other.leader);
    expect(order).toEqual(['written']);
  });

  it('starts what runs while leading, and stops it', async () => {
    const one = await replica('one');
    const other = await replica('other');
    const running = { one: 0, other: 0 };
    const service = (who: 'one' | 'other') => ({
      start: () => void (running[who] += 1),
      stop: async () => void (running[who] -= 1),
    });
    const [ofOne, ofOther] = [
      one.leader.whileLeading(service('one')),
      other.leader.whileLeading(service('other')),
    ];
    await ofOne.start?.();
    await ofOther.start?.();
    expect(running).toEqual({ one: 1, other: 0 });
    await one.stop();
    await vi.waitFor(() => expect(running).toEqual({ one: 0, other: 1 }), { timeout: 10_000 });
    await ofOther.stop();
    expect(running).toEqual({ one: 0, other: 0 });
    await ofOne.stop();
  });
});
