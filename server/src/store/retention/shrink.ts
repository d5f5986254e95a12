import { setImmediate as turn } from 'node:timers/promises';

import type { Kysely } from 'kysely';
import { sql } from 'kysely';

import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';

/** Pages given back at a time, so that no write waits for long. */
const PAGES_AT_ONCE = 256;

/**
 * Gives free pages of a SQLite file back to the disk, a few at a time. A file made before 0026 keeps its free pages and
 * uses them again: only `npm run backup` and `restore` make it smaller. PostgreSQL does this by itself.
 */
export async function shrink(db: Kysely<Database>, engine: Engine, isWanted: () => boolean): Promise<void> {
  if (engine !== 'sqlite') return;
  let free = await freePages(db);
  while (isWanted() && free > PAGES_AT_ONCE) {
    const before = free;
    await sql`pragma incremental_vacuum(${sql.lit(PAGES_AT_ONCE)})`.execute(db);
    free = await freePages(db);
    if (free >= before) return;
    await turn();
  }
}

async function freePages(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ freelist_count: number }>`pragma freelist_count`.execute(db);
  return rows[0]?.freelist_count ?? 0;
}
