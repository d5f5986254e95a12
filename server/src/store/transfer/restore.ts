import { existsSync, linkSync, mkdirSync, statSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import SqliteDatabase from 'better-sqlite3';
import { sql } from 'kysely';

import type { Logger } from '../../lib/logger.ts';
import { requireRoom } from '../disk-space.ts';
import { putInPlace } from '../durable-files.ts';
import { lockFolder } from '../folder-lock.ts';
import type { StorePlace } from '../read-only.ts';
import { STORE_FILE } from '../sqlite-file.ts';
import { copyStore } from './copy.ts';
import { inPostgres, inSqlite } from './sides.ts';
import { MANIFEST_TABLE } from './tables.ts';
import { requireEmpty } from './use.ts';

/** What a server puts in its store's place when it starts. */
const NEXT_FILE = 'cyclorama-next.sqlite';

/**
 * From a file that `checkBackup` has passed. Sessions are left out: one that was ended since would be open again.
 * Returns where the store that was there is kept; null where there was none.
 * @throws StoreError where the store is in use, or a database is not empty.
 */
export async function restoreStore(place: StorePlace, backup: string): Promise<string | null> {
  if (place.databaseUrl !== null) {
    await restorePostgres(place.databaseUrl, backup);
    return null;
  }
  const { dataDir } = place;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = lockFolder(dataDir);
  try {
    return await replaceStore(dataDir, await storeFileOf(backup, dataDir));
  } finally {
    lock.release();
  }
}

/** For a server that can't be stopped from where the backup is: it takes the file when it starts again. */
export async function restoreAtNextStart(dataDir: string, backup: string): Promise<void> {
  await putInPlace(await storeFileOf(backup, dataDir), join(dataDir, NEXT_FILE));
}

/** To be called at a start, with the folder locked. */
export async function takeRestored(dataDir: string, logger: Pick<Logger, 'warn'>): Promise<void> {
  const next = join(dataDir, NEXT_FILE);
  if (!existsSync(next)) return;
  const kept = await replaceStore(dataDir, next);
  logger.warn({ kept }, 'the data was restored from a backup; the data before is kept');
}

async function storeFileOf(backup: string, dataDir: string): Promise<string> {
  await requireRoom('The restored store', dataDir, statSync(backup).size);
  const partial = join(dataDir, `${STORE_FILE}.restoring`);
  await rm(partial, { force: true });
  await copyFile(backup, partial);
  const copy = new SqliteDatabase(partial);
  try {
    copy.exec(`drop table ${MANIFEST_TABLE}`);
    copy.exec('delete from sessions');
  } finally {
    copy.close();
  }
  return partial;
}

/** Gives `file` the store's place; the folder must be locked. Returns the new name of the one that was there. */
async function replaceStore(dataDir: string, file: string): Promise<string | null> {
  const store = join(dataDir, STORE_FILE);
  if (!existsSync(store)) {
    await putInPlace(file, store);
    return null;
  }
  const kept = join(dataDir, `cyclorama-replaced-${stamp()}.sqlite`);
  foldLog(store);
  // What a damaged store has left of its log would be taken for the new one's.
  const parts = ['', '-wal'].filter((part) => existsSync(store + part));
  for (const part of parts) linkSync(store + part, kept + part);
  for (const part of ['-wal', '-shm']) await rm(store + part, { force: true });
  await putInPlace(file, store);
  return kept;
}

/** Closing the last connection writes the log into the file and removes it; a damaged one keeps it. */
function foldLog(store: string): void {
  try {
    const database = new SqliteDatabase(store);
    try {
      database.pragma('wal_checkpoint(truncate)');
    } finally {
      database.close();
    }
  } catch {
    // It is kept as it is.
  }
}

/** As in the names of files: 20261129T165012Z. */
export const stamp = (now = new Date()): string => now.toISOString().replaceAll(/[-:]|\.\d+/g, '');

async function restorePostgres(databaseUrl: string, backup: string): Promise<void> {
  const source = new SqliteDatabase(backup, { readonly: true });
  try {
    await inPostgres(databaseUrl, async (to) => {
      await requireEmpty(to);
      await inSqlite(source, (from) => copyStore(from, to));
      await sql`delete from sessions`.execute(to.db);
    });
  } finally {
    source.close();
  }
}
