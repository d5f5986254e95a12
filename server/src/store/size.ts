import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { Kysely } from 'kysely';
import { sql } from 'kysely';

import { freeBytes } from './disk-space.ts';
import type { Database } from './schema.ts';
import { STORE_FILE } from './sqlite-file.ts';

/** Of the SQLite file and its log, and what is free beside them; null where they can't be looked at. */
export async function storeSize(dataDir: string): Promise<{ bytes: number; freeBytes: number } | null> {
  const sizeOf = async (file: string): Promise<number> => (await stat(join(dataDir, file))).size;
  try {
    const log = await sizeOf(`${STORE_FILE}-wal`).catch(() => 0);
    return { bytes: (await sizeOf(STORE_FILE)) + log, freeBytes: await freeBytes(dataDir) };
  } catch {
    return null;
  }
}

/** Of PostgreSQL: of all that is in the database, indexes too. */
export async function databaseBytes(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(
    db,
  );
  return rows[0]?.bytes ?? 0;
}
