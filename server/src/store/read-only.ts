import { existsSync } from 'node:fs';
import { join } from 'node:path';

import SqliteDatabase from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import { Pool, TypeOverrides } from 'pg';

import { parseNumbers } from './postgres.ts';
import type { Database } from './schema.ts';
import { STORE_FILE } from './sqlite-file.ts';
import { StoreError } from './store-error.ts';

export type StorePlace = { dataDir: string; databaseUrl: string | null };
type OpenedToRead = { db: Kysely<Database>; close(): Promise<void> };

/** Beside a server that runs, which it keeps from nothing. @throws StoreError where there is no store yet. */
export function openToRead({ dataDir, databaseUrl }: StorePlace): OpenedToRead {
  if (databaseUrl !== null) {
    const pool = new Pool({
      connectionString: databaseUrl,
      types: parseNumbers(new TypeOverrides()),
      max: 1,
    });
    pool.on('error', () => undefined);
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
    return { db, close: () => db.destroy() };
  }
  const file = join(dataDir, STORE_FILE);
  if (!existsSync(file)) throw new StoreError(`There is no ${STORE_FILE} in ${dataDir} (DATA_DIR).`);
  return openFileToRead(file);
}

export function openFileToRead(file: string): OpenedToRead {
  const database = new SqliteDatabase(file, { readonly: true });
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database }) });
  return { db, close: () => db.destroy() };
}
