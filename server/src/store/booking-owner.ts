import { endedBookingStates } from '@cyclorama/shared/rules/bookings.ts';
import type { Kysely } from 'kysely';

import type { Database } from './schema.ts';

/** Null where no open booking has it. */
export async function bookingOwner(db: Kysely<Database>, instanceId: string): Promise<string | null> {
  const row = await db
    .selectFrom('bookings')
    .select('owner')
    .where('upstream_id', '=', instanceId)
    .where('state', 'not in', endedBookingStates)
    .orderBy('requested_at', 'desc')
    .executeTakeFirst();
  return row?.owner ?? null;
}
