import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import SqliteDatabase from 'better-sqlite3';

import { levelOf } from '../level.ts';
import type { StorePlace } from '../read-only.ts';
import { faultIn, STORE_FILE } from '../sqlite-file.ts';
import { StoreError } from '../store-error.ts';
import { writeBackup } from './backup-file.ts';
import type { Manifest } from './backup-file.ts';
import { copyStore, countTables } from './copy.ts';
import { inPostgres, inSqlite } from './sides.ts';

/** Of one moment, also while servers write. @throws StoreError where there is no store, or `path` is taken. */
export async function backUp({ dataDir, databaseUrl }: StorePlace, path: string): Promise<Manifest> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return databaseUrl === null
    ? backUpSqlite(join(dataDir, STORE_FILE), path)
    : backUpPostgres(databaseUrl, path);
}

/** `VACUUM INTO`: one read transaction, which lets writers go on; the backup API would begin anew at each write. */
async function backUpSqlite(file: string, path: string): Promise<Manifest> {
  if (!existsSync(file)) throw new StoreError(`There is no ${STORE_FILE} in ${dirname(file)} (DATA_DIR).`);
  return writeBackup(path, async (partial) => {
    closeSync(openSync(partial, 'wx', 0o600));
    const source = new SqliteDatabase(file, { readonly: true });
    try {
      source.prepare('vacuum into ?').run(partial);
    } finally {
      source.close();
    }
    const copy = new SqliteDatabase(partial);
    try {
      const fault = faultIn(copy);
      if (fault !== null) throw new StoreError(`The store is damaged: ${fault}. No backup was made.`);
      return await inSqlite(copy, async (side) => ({
        engine: 'sqlite' as const,
        level: (await levelOf(side.db, 'sqlite')).last ?? '',
        tables: await countTables(side),
      }));
    } finally {
      copy.close();
    }
  });
}

async function backUpPostgres(databaseUrl: string, path: string): Promise<Manifest> {
  return writeBackup(path, async (partial) => {
    closeSync(openSync(partial, 'wx', 0o600));
    const copy = new SqliteDatabase(partial);
    try {
      copy.pragma('synchronous = OFF');
      const copied = await inPostgres(databaseUrl, (from) => inSqlite(copy, (to) => copyStore(from, to)));
      return { engine: 'postgres', ...copied };
    } finally {
      copy.close();
    }
  });
}
