import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import SqliteDatabase from 'better-sqlite3';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import { poolOf, postgresBinaries, startPostgres } from '../testing/postgres.fixture.ts';
import type { TestPostgres } from '../testing/postgres.fixture.ts';
import { openStore } from './database.ts';
import { migrationsFor } from './migrations/index.ts';
import { openToRead } from './read-only.ts';
import { readSetting } from './settings.ts';
import { StoreSqliteDialect } from './sqlite-file.ts';
import { checkBackup } from './transfer/backup-file.ts';
import { restoreStore } from './transfer/restore.ts';
import { createScratch } from './transfer/transfer.fixture.ts';

const { newFolder, remove } = createScratch();
afterAll(remove);

const RELEASED = '0014-hand-overs';
const binaries = postgresBinaries();

/** A folder with a store as an earlier release left it. */
async function released(then = ''): Promise<string> {
  const dataDir = newFolder();
  const database = new SqliteDatabase(join(dataDir, 'cyclorama.sqlite'));
  database.pragma('journal_mode = WAL');
  const db = new Kysely<unknown>({ dialect: new StoreSqliteDialect({ database }) });
  const { error } = await new Migrator({ db, provider: migrationsFor('sqlite') }).migrateTo(RELEASED);
  expect(error).toBeUndefined();
  database.exec(`insert into settings values ('kept', 'from before'); ${then}`);
  await db.destroy();
  return dataDir;
}

/** What the log says of an upgrade with a backup. */
const toldOf = (to: string | undefined, backup: string): unknown[] => [
  [{ to, backup }, 'the data is backed up before it is brought up to date'],
  [{ from: RELEASED, to, backup }, 'the data was brought up to date; a backup from before is kept'],
];
const filesOf = (dataDir: string): string[] =>
  readdirSync(dataDir).filter((name) => name !== 'cyclorama.lock');
/** Where no folder can be made. */
function withFile(): string {
  const file = join(newFolder(), 'a-file');
  writeFileSync(file, '');
  return file;
}
const latest = async (): Promise<string | undefined> =>
  Object.keys(await migrationsFor('sqlite').getMigrations()).at(-1);

describe('a SQLite store of an earlier release', () => {
  it('is backed up beside itself before it is brought up to date, which the log says', async () => {
    const dataDir = await released();
    const told: unknown[] = [];
    const store = await openStore({ dataDir }, { warn: (...line: unknown[]) => void told.push(line) });
    expect(await readSetting(store.db, 'kept')).toBe('from before');
    await store.close();
    const to = await latest();
    const backup = join(dataDir, `cyclorama-before-${to}.sqlite`);
    expect(told).toEqual(toldOf(to, backup));
    expect(await checkBackup(backup)).toMatchObject({ level: RELEASED });
    // The way back: the earlier release finds what it left.
    const back = newFolder();
    await restoreStore({ dataDir: back, databaseUrl: null }, backup);
    const before = new SqliteDatabase(join(back, 'cyclorama.sqlite'), { readonly: true });
    expect(before.prepare('select max(name) as last from kysely_migration').get()).toEqual({
      last: RELEASED,
    });
    before.close();
  });

  it('is not touched where there is no room for that backup', async () => {
    const dataDir = await released();
    const before = readFileSync(join(dataDir, 'cyclorama.sqlite'));
    const opening = openStore({ dataDir, free: () => Promise.resolve(1_000_000) }, { warn: () => undefined });
    await expect(opening).rejects.toThrow(
      /The backup that is made before the data is brought up to date needs [\d.]+ MB in .*, and 1\.0 MB are free\. Nothing was changed\./,
    );
    expect(readFileSync(join(dataDir, 'cyclorama.sqlite')).equals(before)).toBe(true);
    expect(filesOf(dataDir)).toEqual(['cyclorama.sqlite']);
  });

  it('is as it was, without a backup, where a migration fails', async () => {
    // The name of an index that a later migration makes.
    const dataDir = await released('create index activity_by_actor_at on activity (at)');
    const opening = openStore({ dataDir }, { warn: () => undefined });
    await expect(opening).rejects.toThrow(/could not be brought up to date: .*already exists/);
    const database = new SqliteDatabase(join(dataDir, 'cyclorama.sqlite'));
    expect(database.prepare('select max(name) as last from kysely_migration').get()).toEqual({
      last: RELEASED,
    });
    expect(database.prepare("select name from sqlite_master where name = 'capacity_history'").all()).toEqual(
      [],
    );
    database.close();
    expect(filesOf(dataDir)).toEqual(['cyclorama.sqlite']);
  });

  it('keeps the backups of the newest few upgrades only', async () => {
    const dataDir = await released();
    const older = ['0001-a', '0002-b', '0003-c'].map((level) => `cyclorama-before-${level}.sqlite`);
    for (const [index, name] of older.entries()) {
      const path = join(dataDir, name);
      writeFileSync(path, '');
      utimesSync(path, index + 1, index + 1);
    }
    await (await openStore({ dataDir }, { warn: () => undefined })).close();
    expect(filesOf(dataDir)).toEqual([
      ...older.slice(1),
      `cyclorama-before-${await latest()}.sqlite`,
      'cyclorama.sqlite',
    ]);
  });
});

describe.skipIf(binaries === null)('a PostgreSQL store of an earlier release', () => {
  let postgres: TestPostgres;
  let databaseUrl = '';
  beforeAll(async () => {
    postgres = await startPostgres(binaries ?? '');
    databaseUrl = postgres.url;
  }, 60_000);
  afterAll(() => postgres.stop());

  const emptied = async (then: string): Promise<Pool> => {
    // Waits until the server answers.
    await (await openStore({ databaseUrl }, { warn: () => undefined })).close();
    const pool = poolOf(databaseUrl);
    await pool.query('drop schema public cascade; create schema public');
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    const { error } = await new Migrator({ db, provider: migrationsFor('postgres') }).migrateTo(RELEASED);
    expect(error).toBeUndefined();
    await pool.query(`insert into settings values ('kept', 'from before'); ${then}`);
    return pool;
  };

  it('is backed up into a file once, also where replicas start together', async () => {
    await (await emptied('')).end();
    const told: unknown[] = [];
    const logger = { warn: (...line: unknown[]) => void told.push(line) };
    const folders = [newFolder(), newFolder(), newFolder()];
    const stores = await Promise.all(folders.map((dataDir) => openStore({ databaseUrl, dataDir }, logger)));
    expect(await readSetting(stores[0]!.db, 'kept')).toBe('from before');
    for (const store of stores) await store.close();
    const backups = folders.flatMap((folder) => filesOf(folder).map((name) => join(folder, name)));
    expect(backups).toHaveLength(1);
    const [backup = ''] = backups;
    expect(told).toEqual(toldOf(await latest(), backup));
    expect(await checkBackup(backup)).toMatchObject({ engine: 'postgres', level: RELEASED });

    // The way back: into an empty database.
    const pool = poolOf(databaseUrl);
    await pool.query('drop schema public cascade; create schema public');
    await restoreStore({ dataDir: '', databaseUrl }, backup);
    const { rows } = await pool.query("select value from settings where key = 'kept'");
    expect(rows).toEqual([{ value: 'from before' }]);
    await pool.end();
  });

  it.each([
    ['there is no room for that backup', () => newFolder(), 1_000_000, /needs [\d.]+ MB in .* are free\./],
    [
      'it can not be written',
      () => join(withFile(), 'data'),
      1e12,
      /can't be written to .*\/data: .*ENOTDIR/,
    ],
  ])('is not touched where %s, unless no backup is wanted', async (_, folderOf, bytes, reason) => {
    const pool = await emptied('');
    const where = { databaseUrl, dataDir: folderOf(), free: () => Promise.resolve(bytes) };
    const refusal = openStore(where, { warn: () => undefined });
    await expect(refusal).rejects.toThrow(reason);
    await expect(refusal).rejects.toThrow(/Nothing was changed\..* set UPGRADE_BACKUP=off\.$/);
    const { rows } = await pool.query('select max(name) as last from kysely_migration');
    expect(rows).toEqual([{ last: RELEASED }]);
    await pool.end();

    const told: unknown[] = [];
    const logger = { warn: (...line: unknown[]) => void told.push(line) };
    await (await openStore({ ...where, upgradeBackup: false }, logger)).close();
    expect(told).toEqual([
      [
        { from: RELEASED, to: await latest(), backup: null },
        'the data was brought up to date; the way back is a backup made before',
      ],
    ]);
  });

  it('is as it was where a migration fails', async () => {
    // The name of an index that a later migration makes.
    const pool = await emptied('create index activity_by_actor_at on activity (at)');
    const opening = openStore({ databaseUrl }, { warn: () => undefined });
    await expect(opening).rejects.toThrow(/could not be brought up to date: .*already exists/);
    const { rows } = await pool.query('select max(name) as last from kysely_migration');
    expect(rows).toEqual([{ last: RELEASED }]);
    const made = await pool.query("select 1 from pg_tables where tablename = 'capacity_history'");
    expect(made.rowCount).toBe(0);
    await pool.end();
  });
});

describeOnEachEngine('a store that a newer version has migrated', (bench) => {
  it('is refused with a plain sentence, untouched', async () => {
    const { db, engine } = bench.store;
    await sql`insert into kysely_migration values ('9999-later', '2099-01-01T00:00:00.000Z')`.execute(db);
    await sql`create table later_things (id text)`.execute(db);
    const refusal =
      /written by a newer version of Cyclorama \(it has had 9999-later, .*\)\. Nothing was changed\. Start the newer version/;
    const seen = async () => {
      const reader = openToRead(bench.place);
      const tables = await reader.db.introspection.getTables();
      const { rows } = await sql`select name from kysely_migration order by name`.execute(reader.db);
      await reader.close();
      const file = join(bench.place.dataDir, 'cyclorama.sqlite');
      return [tables, rows, engine === 'sqlite' ? readFileSync(file).toString('base64') : null];
    };
    await bench.store.close();
    const before = await seen();
    const { databaseUrl, dataDir } = bench.place;
    const where = databaseUrl === null ? { dataDir } : { databaseUrl };
    await expect(openStore(where, { warn: () => undefined })).rejects.toThrow(refusal);
    expect(await seen()).toEqual(before);
  });
});
