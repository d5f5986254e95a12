import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import SqliteDatabase from 'better-sqlite3';

import { putInPlace } from '../durable-files.ts';
import { lockFolder } from '../folder-lock.ts';
import { STORE_FILE } from '../sqlite-file.ts';
import { StoreError } from '../store-error.ts';
import { copyStore } from './copy.ts';
import type { Copied } from './copy.ts';
import { inPostgres, inSqlite } from './sides.ts';
import { MOVING_FILE, requireEmpty, requireUnused } from './use.ts';

/**
 * The folder's store is left as it is; the database has all of it, or nothing where this does not come to its end.
 * @throws StoreError where the store is in use, or the database is not empty.
 */
export async function moveToPostgres(dataDir: string, databaseUrl: string): Promise<Copied> {
  const file = join(dataDir, STORE_FILE);
  if (!existsSync(file)) throw new StoreError(`There is no ${STORE_FILE} in ${dataDir} (DATA_DIR).`);
  const lock = lockFolder(dataDir);
  try {
    const source = new SqliteDatabase(file);
    try {
      return await inPostgres(databaseUrl, async (to) => {
        await requireEmpty(to);
        return inSqlite(source, (from) => copyStore(from, to));
      });
    } finally {
      source.close();
    }
  } finally {
    lock.release();
  }
}

/**
 * The database is left as it is; the folder has a store once it is whole.
 * @throws StoreError where the database is in use, or the folder has a store.
 */
export async function moveToFolder(databaseUrl: string, dataDir: string): Promise<Copied> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = lockFolder(dataDir);
  try {
    const file = join(dataDir, STORE_FILE);
    if (existsSync(file))
      throw new StoreError(`${dataDir} has a store already. Nothing was changed. Name another folder.`);
    const partial = join(dataDir, MOVING_FILE);
    for (const left of ['', '-journal']) await rm(partial + left, { force: true });
    closeSync(openSync(partial, 'wx', 0o600));
    const target = new SqliteDatabase(partial);
    let copied: Copied;
    try {
      target.pragma('synchronous = OFF');
      copied = await inPostgres(databaseUrl, async (from) => {
        await requireUnused(from);
        return inSqlite(target, (to) => copyStore(from, to));
      });
    } finally {
      target.close();
    }
    await putInPlace(partial, file);
    return copied;
  } finally {
    lock.release();
  }
}
