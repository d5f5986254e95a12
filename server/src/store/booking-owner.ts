import type { Kysely } from 'kysely';

import type { Database } from './schema.ts';

/** Null where nobody booked it here. The newest booking counts. */
export async function bookingOwner(db: Kysely<Database>, instanceId: string): Promise<string | null> {
  const row = await db
    .selectFrom('bookings')
    .select('owner')
    .where('upstream_id', '=', instanceId)
    .orderBy('requested_at', 'desc')
    .executeTakeFirst();
  return row?.owner ?? null;
}
