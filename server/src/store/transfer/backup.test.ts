import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import SqliteDatabase from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';

import { newEntry } from '../../testing/builders/activity.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import { postgresBinaries, startPostgres } from '../../testing/postgres.fixture.ts';
import { appendEntries } from '../activity-chain.ts';
import { openStore } from '../database.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { checkBackup } from './backup-file.ts';
import { backUp } from './backup.ts';
import { restoreAtNextStart, restoreStore } from './restore.ts';
import { BYTES, createScratch, fill, logger, seenIn } from './transfer.fixture.ts';

const { newFolder, remove } = createScratch();
afterAll(remove);

describeOnEachEngine('a backup of a store in use', (bench) => {
  it('is restored elsewhere with all of one moment, and without its sessions', async () => {
    await fill(bench.store, 'one');
    const file = join(newFolder(), 'backups', 'b.sqlite');
    const made = await backUp(bench.place, file);
    expect(made).toMatchObject({ engine: bench.store.engine });
    await writeSetting(bench.store.db, 'kept', 'two');
    expect(await checkBackup(file)).toEqual(made);

    const dataDir = newFolder();
    expect(await restoreStore({ dataDir, databaseUrl: null }, file)).toBeNull();
    const restored = await openStore({ dataDir }, logger);
    expect(await seenIn(restored)).toEqual({
      fault: null,
      entries: 2,
      kept: 'one',
      bytes: [BYTES],
      sessions: 0,
    });
    // The chain goes on where it ended, and rows get numbers of their own.
    await restored.db.transaction().execute((of) => appendEntries(of, [newEntry({ at: 3 })]));
    expect(await seenIn(restored)).toMatchObject({ fault: null, entries: 3 });
    await restored.close();
  });

  it('is not written over another file', async () => {
    const file = join(newFolder(), 'b.sqlite');
    writeFileSync(file, 'mine');
    await expect(backUp(bench.place, file)).rejects.toThrow(/is there already/);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});

describe('restoring to a folder', () => {
  const backedUp = async (value = 'one'): Promise<{ dataDir: string; file: string }> => {
    const dataDir = newFolder();
    const store = await openStore({ dataDir }, logger);
    await fill(store, value);
    await store.close();
    const file = join(newFolder(), 'b.sqlite');
    await backUp({ dataDir, databaseUrl: null }, file);
    return { dataDir, file };
  };

  it('keeps the store that was there, with what stood in its log', async () => {
    const { dataDir, file } = await backedUp();
    const store = await openStore({ dataDir }, logger);
    await writeSetting(store.db, 'kept', 'later');
    await store.close();
    const kept = await restoreStore({ dataDir, databaseUrl: null }, file);
    const before = new SqliteDatabase(kept ?? '', { readonly: true });
    expect(before.prepare("select value from settings where key = 'kept'").get()).toEqual({ value: 'later' });
    before.close();
    const restored = await openStore({ dataDir }, logger);
    expect(await readSetting(restored.db, 'kept')).toBe('one');
    await restored.close();
  });

  it('takes the place of a damaged store, whose log is not taken for its own', async () => {
    const { dataDir, file } = await backedUp();
    writeFileSync(join(dataDir, 'cyclorama.sqlite'), 'no database');
    writeFileSync(join(dataDir, 'cyclorama.sqlite-wal'), 'no log');
    const kept = await restoreStore({ dataDir, databaseUrl: null }, file);
    expect(readFileSync(kept ?? '', 'utf8')).toBe('no database');
    const restored = await openStore({ dataDir }, logger);
    expect(await seenIn(restored)).toMatchObject({ fault: null, kept: 'one' });
    await restored.close();
  });

  it('is refused while a server uses it, which can take it at its next start', async () => {
    const { dataDir, file } = await backedUp();
    const running = await openStore({ dataDir }, logger);
    await writeSetting(running.db, 'kept', 'later');
    await expect(restoreStore({ dataDir, databaseUrl: null }, file)).rejects.toThrow(/Another process uses/);
    await restoreAtNextStart(dataDir, file);
    expect(await readSetting(running.db, 'kept')).toBe('later');
    await running.close();
    const told: unknown[] = [];
    const next = await openStore({ dataDir }, { warn: (...line: unknown[]) => void told.push(line[1]) });
    expect(await readSetting(next.db, 'kept')).toBe('one');
    expect(told).toEqual(['the data was restored from a backup; the data before is kept']);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('cyclorama-'))).toEqual([
      expect.stringMatching(/^cyclorama-replaced-\d{8}T\d{6}Z\.sqlite$/),
    ]);
    await next.close();
  });

  it('refuses what is damaged, foreign or newer', async () => {
    const { file } = await backedUp();
    const copyOf = (change: (path: string) => void): string => {
      const path = join(newFolder(), 'b.sqlite');
      copyFileSync(file, path);
      change(path);
      return path;
    };
    const sql = (text: string) => (path: string) => void new SqliteDatabase(path).exec(text).close();
    const refusals: [string, RegExp][] = [
      [copyOf((path) => truncateSync(path, 20_000)), /is damaged/],
      [copyOf((path) => writeFileSync(path, 'no database')), /is damaged: file is not a database/],
      [copyOf(sql("update settings set value = 'other'")), /the table settings is not as it was written/],
      [copyOf(sql('drop table pins')), /is damaged: a table is missing/],
      [copyOf(sql('drop table backup_manifest')), /was not made by `npm run backup`/],
      [copyOf(sql("insert into kysely_migration values ('9999-later', '2099')")), /a newer version/],
      [join(newFolder(), 'none'), /There is no file/],
    ];
    for (const [path, words] of refusals) await expect(checkBackup(path)).rejects.toThrow(words);
  });
});

const binaries = postgresBinaries();

describe.skipIf(binaries === null)('restoring to PostgreSQL', () => {
  it('fills an empty database, and leaves one with tables as it is', async () => {
    const postgres = await startPostgres(binaries ?? '');
    try {
      const place = { dataDir: newFolder(), databaseUrl: postgres.url };
      const first = await openStore({ dataDir: place.dataDir }, logger);
      await fill(first, 'one');
      await first.close();
      const file = join(newFolder(), 'b.sqlite');
      await backUp({ ...place, databaseUrl: null }, file);
      const restored = async () => restoreStore(place, file);
      await expect.poll(restored, { timeout: 20_000 }).toBeNull();
      await expect(restored()).rejects.toThrow(/is not empty: it has \d+ tables/);
      const store = await openStore({ databaseUrl: postgres.url }, logger);
      expect(await seenIn(store)).toMatchObject({ fault: null, entries: 2, kept: 'one', sessions: 0 });
      await store.close();
    } finally {
      await postgres.stop();
    }
  });
});
