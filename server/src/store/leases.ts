import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';

/** How long a batch stays with a process that does not renew; then another process may take it over. */
export const LEASE_MS = 20_000;
/** How often a process looks for batches that nobody walks any more. */
export const ABANDONED_POLL_MS = 5_000;

export function leaseIsOver(now: number): RawBuilder<SqlBool> {
  return sql<SqlBool>`(lease_until is null or lease_until < ${now})`;
}

/** Every write of a process to a batch asks for this, so that one that lost it writes nothing. */
export function isHeldBy(runner: string, id: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(id = ${id} and runner = ${runner})`;
}
