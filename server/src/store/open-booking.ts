import { endedBookingStates } from '@cyclorama/shared/rules/bookings.ts';
import type { Kysely } from 'kysely';

import type { Database } from './schema.ts';

/** The open booking of a robot instance; null where there is none. */
export async function openBookingOf(
  db: Kysely<Database>,
  instanceId: string,
): Promise<{ id: string; owner: string | null; type: string } | null> {
  const row = await db
    .selectFrom('bookings')
    .select(['id', 'owner', 'type'])
    .where('upstream_id', '=', instanceId)
    .where('state', 'not in', endedBookingStates)
    .orderBy('requested_at', 'desc')
    .executeTakeFirst();
  return row ?? null;
}
