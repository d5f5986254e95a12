import type { Kysely } from 'kysely';

import type { Database } from './schema.ts';

export type FailedClaim = { container_id: string; container_name: string; ended_at: number };

/** Claims that failed since then, oldest first. */
export async function failedClaims(db: Kysely<Database>, since: number): Promise<FailedClaim[]> {
  const rows = await db
    .selectFrom('claims')
    .select(['container_id', 'container_name', 'ended_at'])
    .where('failure_code', 'is not', null)
    .where('ended_at', '>=', since)
    .orderBy('ended_at')
    .execute();
  return rows.flatMap(({ ended_at: at, ...row }) => (at === null ? [] : [{ ...row, ended_at: at }]));
}

export type Held = {
  id: string;
  name: string;
  containerId: string | null;
  requested_at: number;
  ended_at: number | null;
};

/** Claims or bookings that are open, or ended since then. */
export async function heldSince(
  db: Kysely<Database>,
  what: 'claim' | 'booking',
  since: number,
): Promise<Held[]> {
  if (what === 'claim')
    return db
      .selectFrom('claims')
      .select(['id', 'container_name as name', 'container_id as containerId', 'requested_at', 'ended_at'])
      .where((of) => of.or([of('ended_at', 'is', null), of('ended_at', '>=', since)]))
      .execute();
  const rows = await db
    .selectFrom('bookings')
    .select(['id', 'type as name', 'requested_at', 'ended_at'])
    .where((of) => of.or([of('ended_at', 'is', null), of('ended_at', '>=', since)]))
    .execute();
  return rows.map((row) => ({ ...row, containerId: null }));
}
