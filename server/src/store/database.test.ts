import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';

import { newEntry } from '../testing/builders/activity.ts';
import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import type { StoreBench } from '../testing/engines.fixture.ts';
import { appendEntries } from './activity-chain.ts';
import type { ActivityRow, NewEntry } from './activity-chain.ts';
import { listActivity } from './activity.ts';
import { openStore } from './database.ts';
import { openBookingOf } from './open-booking.ts';
import {
  deleteSettings,
  insertSettingIfAbsent,
  readSetting,
  settingsUnder,
  writeSetting,
} from './settings.ts';

const logger = { warn: () => undefined };
const dataDir = mkdtempSync(join(tmpdir(), 'cyclorama-store-'));
const LARGE_TIME = 1_795_000_000_123;

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const entry = newEntry({ at: LARGE_TIME });
const appended = async ({ store }: StoreBench, one: NewEntry): Promise<ActivityRow> =>
  (await store.db.transaction().execute((db) => appendEntries(db, [one])))[0] as ActivityRow;

describeOnEachEngine('the store', (bench) => {
  it('makes every table of the schema', async () => {
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
      'telemetry_blocks',
      'telemetry_rollups',
      'telemetry_cursors',
      'settings',
    ] as const) {
      expect(await bench.store.db.selectFrom(table).selectAll().limit(1).execute()).toEqual([]);
    }
  });

  it('gives times and ids back as numbers', async () => {
    await appended(bench, entry);
    const [row] = await listActivity(bench.store.db, { limit: 1 });
    expect(row).toMatchObject({ ...entry, id: 1, hash: expect.any(String) });
    expect(row?.at).toBe(LARGE_TIME);
    const { count } = await bench.store.db
      .selectFrom('activity')
      .select((of) => of.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(1);
  });

  it('lists activity newest first, page by page and filtered', async () => {
    const second = await appended(bench, {
      ...entry,
      action: 'instance.stop',
      actor: 'oscar',
    });
    const third = await appended(bench, {
      ...entry,
      action: 'instances_start',
      subject_id: 'i2',
    });
    const ids = async (filter: object) =>
      (await listActivity(bench.store.db, { limit: 10, ...filter })).map(({ id }) => id);
    expect((await ids({})).slice(0, 2)).toEqual([third.id, second.id]);
    expect(await ids({ before: third.id, limit: 1 })).toEqual([second.id]);
    expect(await ids({ actor: 'oscar' })).toEqual([second.id]);
    expect(await ids({ subject: 'i2' })).toEqual([third.id]);
    expect(await ids({ action: 'instance' })).toHaveLength(2);
    expect(await ids({ action: 'instance.stop' })).toEqual([second.id]);
  });

  it('keeps the first value of a setting, and the last where told to', async () => {
    expect(await insertSettingIfAbsent(bench.store.db, 'secret', 'one')).toBe('one');
    expect(await insertSettingIfAbsent(bench.store.db, 'secret', 'two')).toBe('one');
    await writeSetting(bench.store.db, 'session.revoked.a', '1');
    await writeSetting(bench.store.db, 'session.revoked.a', '2');
    expect(await settingsUnder(bench.store.db, 'session.revoked.')).toEqual([
      { key: 'session.revoked.a', value: '2' },
    ]);
    await deleteSettings(bench.store.db, ['session.revoked.a']);
    expect(await readSetting(bench.store.db, 'session.revoked.a')).toBeNull();
  });

  it('knows who booked a robot', async () => {
    await bench.store.db
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
        termination_requested: 0,
      })
      .execute();
    expect(await openBookingOf(bench.store.db, 'r1')).toMatchObject({ owner: 'oscar' });
    expect(await openBookingOf(bench.store.db, 'r2')).toBeNull();
    await bench.store.db.updateTable('bookings').set({ state: 'lost' }).execute();
    expect(await openBookingOf(bench.store.db, 'r1')).toBeNull();
  });

  it('takes one sample of an instance at a time', async () => {
    const sample = { instance_id: 'i1', at: LARGE_TIME, cpu: 0.25 };
    await bench.store.db.insertInto('telemetry_samples').values(sample).execute();
    await expect(bench.store.db.insertInto('telemetry_samples').values(sample).execute()).rejects.toThrow(
      /unique/i,
    );
    const row = await bench.store.db.selectFrom('telemetry_samples').selectAll().executeTakeFirstOrThrow();
    expect([row.cpu, row.memory]).toEqual([0.25, null]);
  });

  it('opens again with what was kept', async () => {
    await bench.reopen();
    expect(await readSetting(bench.store.db, 'secret')).toBe('one');
  });
});

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
    const opening = openStore({ databaseUrl: 'postgres://u:hunter2@127.0.0.1:1/x', patienceMs: 1 }, logger);
    await expect(opening).rejects.toThrow(/DATABASE_URL can't be used/);
    await expect(opening).rejects.not.toThrow(/hunter2/);
  });
});
