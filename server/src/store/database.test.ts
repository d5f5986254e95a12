import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { postgresBinaries, startPostgres } from '../testing/postgres.test-bench.ts';
import type { TestPostgres } from '../testing/postgres.test-bench.ts';
import { insertActivity, listActivity } from './activity.ts';
import { bookingOwner } from './booking-owner.ts';
import type { Store } from './database.ts';
import { openStore } from './database.ts';
import { forgetSettings, keepFirstSetting, readSetting, settingsUnder, writeSetting } from './settings.ts';

const logger = { warn: () => undefined };
const binaries = postgresBinaries();
const dataDir = mkdtempSync(join(tmpdir(), 'cyclorama-store-'));
const LARGE_TIME = 1_795_000_000_123;

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const entry = {
  at: LARGE_TIME,
  actor: 'ada',
  action: 'instance.start',
  subject_kind: 'instance',
  subject_id: 'i1',
  subject_name: 'api',
  outcome: 'done',
  detail: null,
};

for (const engine of ['sqlite', 'postgres'] as const) {
  // Where no PostgreSQL binaries are installed for the machine, only SQLite can be tested.
  describe.skipIf(engine === 'postgres' && binaries === null)(`the store on ${engine}`, () => {
    let store: Store;
    let postgres: TestPostgres | undefined;
    const open = (): Promise<Store> =>
      openStore(postgres === undefined ? { dataDir } : { databaseUrl: postgres.url }, logger);

    beforeAll(async () => {
      if (engine === 'postgres') postgres = await startPostgres(binaries ?? '');
      store = await open();
    }, 60_000);
    afterAll(async () => {
      await store.close();
      await postgres?.stop();
    });

    it('makes every table of the schema', async () => {
      expect(store.engine).toBe(engine);
      for (const table of [
        'activity',
        'claims',
        'claim_batches',
        'access_tokens',
        'claim_transitions',
        'bookings',
        'booking_transitions',
        'queue_lengths',
        'robot_watches',
        'tasks',
        'telemetry_samples',
        'telemetry_rollups',
        'telemetry_cursors',
        'settings',
      ] as const) {
        expect(await store.db.selectFrom(table).selectAll().limit(1).execute()).toEqual([]);
      }
    });

    it('gives times and ids back as numbers', async () => {
      const row = await insertActivity(store.db, entry);
      expect(row).toEqual({ ...entry, id: expect.any(Number) });
      expect(row.at).toBe(LARGE_TIME);
      const { count } = await store.db
        .selectFrom('activity')
        .select((of) => of.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      expect(count).toBe(1);
    });

    it('lists activity newest first, page by page and filtered', async () => {
      const second = await insertActivity(store.db, { ...entry, action: 'instance.stop', actor: 'oscar' });
      const third = await insertActivity(store.db, { ...entry, action: 'instances_start', subject_id: 'i2' });
      const ids = async (filter: object) =>
        (await listActivity(store.db, { limit: 10, ...filter })).map(({ id }) => id);
      expect((await ids({})).slice(0, 2)).toEqual([third.id, second.id]);
      expect(await ids({ before: third.id, limit: 1 })).toEqual([second.id]);
      expect(await ids({ actor: 'oscar' })).toEqual([second.id]);
      expect(await ids({ subject: 'i2' })).toEqual([third.id]);
      expect(await ids({ action: 'instance' })).toHaveLength(2);
      expect(await ids({ action: 'instance.stop' })).toEqual([second.id]);
    });

    it('keeps the first value of a setting, and the last where told to', async () => {
      expect(await keepFirstSetting(store.db, 'secret', 'one')).toBe('one');
      expect(await keepFirstSetting(store.db, 'secret', 'two')).toBe('one');
      await writeSetting(store.db, 'session.revoked.a', '1');
      await writeSetting(store.db, 'session.revoked.a', '2');
      expect(await settingsUnder(store.db, 'session.revoked.')).toEqual([
        { key: 'session.revoked.a', value: '2' },
      ]);
      await forgetSettings(store.db, ['session.revoked.a']);
      expect(await readSetting(store.db, 'session.revoked.a')).toBeNull();
    });

    it('knows who booked a robot', async () => {
      await store.db
        .insertInto('bookings')
        .values({
          id: 'b1',
          owner: 'oscar',
          type: 't',
          state: 'ready',
          upstream_id: 'r1',
          reserve: 0,
          vpn: 0,
          requested_at: 1,
          termination_wished: 0,
        })
        .execute();
      expect(await bookingOwner(store.db, 'r1')).toBe('oscar');
      expect(await bookingOwner(store.db, 'r2')).toBeNull();
    });

    it('takes one sample of an instance at a time', async () => {
      const sample = { instance_id: 'i1', at: LARGE_TIME, cpu: 0.25 };
      await store.db.insertInto('telemetry_samples').values(sample).execute();
      await expect(store.db.insertInto('telemetry_samples').values(sample).execute()).rejects.toThrow(
        /unique/i,
      );
      const row = await store.db.selectFrom('telemetry_samples').selectAll().executeTakeFirstOrThrow();
      expect([row.cpu, row.memory]).toEqual([0.25, null]);
    });

    it('opens again with what was kept', async () => {
      await store.close();
      store = await open();
      expect(await readSetting(store.db, 'secret')).toBe('one');
    });
  });
}

describe('the SQLite file', () => {
  it('is used by one process at a time, and free again after it', async () => {
    const folder = join(dataDir, 'locked');
    const first = await openStore({ dataDir: folder }, logger);
    await expect(openStore({ dataDir: folder }, logger)).rejects.toThrow(/Another process uses the data/);
    await first.close();
    await (await openStore({ dataDir: folder }, logger)).close();
  });

  it('syncs every transaction to the disk', async () => {
    const store = await openStore({ dataDir: join(dataDir, 'durable') }, logger);
    const { rows: mode } = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(store.db);
    const { rows: sync } = await sql<{ synchronous: number }>`pragma synchronous`.execute(store.db);
    await store.close();
    expect([mode[0]?.journal_mode, sync[0]?.synchronous]).toEqual(['wal', 2]);
  });
});

describe('a store that can’t be reached', () => {
  it('says so without the password', async () => {
    const opening = openStore({ databaseUrl: 'postgres://u:hunter2@127.0.0.1:1/x' }, logger);
    await expect(opening).rejects.toThrow(/could not be brought up to date/);
    await expect(opening).rejects.not.toThrow(/hunter2/);
  });
});
