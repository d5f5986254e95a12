import { existsSync } from 'node:fs';
import { join } from 'node:path';

import SqliteDatabase from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import { Pool, TypeOverrides } from 'pg';

import { StoreError } from './database.ts';
import { parseNumbers } from './postgres.ts';
import type { Database } from './schema.ts';

/** Beside a server that runs, which it keeps from nothing. @throws StoreError where there is no store yet. */
export function openToRead({ dataDir, databaseUrl }: { dataDir: string; databaseUrl: string | null }): {
  db: Kysely<Database>;
  close(): Promise<void>;
} {
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
  const file = join(dataDir, 'cyclorama.sqlite');
  if (!existsSync(file)) throw new StoreError(`There is no cyclorama.sqlite in ${dataDir} (DATA_DIR).`);
  const database = new SqliteDatabase(file, { readonly: true });
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database }) });
  return { db, close: () => db.destroy() };
}
