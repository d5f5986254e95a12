import type { Kysely, Selectable } from 'kysely';

import type { BookingHandOverTable, Database } from './schema.ts';

export type HandOverRow = Selectable<BookingHandOverTable>;

export async function insertHandOver(db: Kysely<Database>, row: HandOverRow): Promise<void> {
  await db.insertInto('booking_hand_overs').values(row).execute();
}

/** Oldest first. */
export async function handOversOf(
  db: Kysely<Database>,
  bookingIds: readonly string[],
): Promise<HandOverRow[]> {
  if (bookingIds.length === 0) return [];
  return db
    .selectFrom('booking_hand_overs')
    .selectAll()
    .where('booking_id', 'in', bookingIds)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** Newest first. */
export async function undismissedHandOversTo(
  db: Kysely<Database>,
  person: string,
  limit: number,
): Promise<HandOverRow[]> {
  return db
    .selectFrom('booking_hand_overs')
    .selectAll()
    .where('to_owner', '=', person)
    .where('dismissed_at', 'is', null)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
}

/** False where there is none of this person's with this id. */
export async function dismissHandOver(
  db: Kysely<Database>,
  { id, person, at }: { id: string; person: string; at: number },
): Promise<boolean> {
  const row = await db
    .updateTable('booking_hand_overs')
    .set({ dismissed_at: at })
    .where('id', '=', id)
    .where('to_owner', '=', person)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
