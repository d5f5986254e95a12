import { PostgresAdapter, sql } from 'kysely';
import type { Kysely } from 'kysely';

import type { Database } from './schema.ts';

/**
 * Until the end of the transaction nobody else, on whichever replica, counts against the same quota. SQLite has one
 * writer anyway.
 */
export async function lockQuota(within: Kysely<Database>, what: string): Promise<void> {
  if (!(within.getExecutor().adapter instanceof PostgresAdapter)) return;
  await sql`select pg_advisory_xact_lock(hashtextextended(${what}, 0))`.execute(within);
}
