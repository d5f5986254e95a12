import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

type HandOver = {
  id: string;
  booking_id: string;
  at: number;
  from_owner: string | null;
  to_owner: string;
  actor: string | null;
  dismissed_at: number | null;
};
type Entry = {
  id: number;
  at: number;
  actor: string | null;
  action: string;
  subject_id: string | null;
  value_before: string | null;
  value_after: string | null;
};

/** Who held a booking before. Earlier hand-overs come from the record; nobody is told of those any more. */
export const handOvers: Migration = {
  up: async (untyped: Kysely<unknown>) => {
    const db = untyped as Kysely<{ booking_hand_overs: HandOver; activity: Entry }>;
    await db.schema
      .createTable('booking_hand_overs')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('booking_id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('from_owner', 'text')
      .addColumn('to_owner', 'text', (column) => column.notNull())
      .addColumn('actor', 'text')
      .addColumn('dismissed_at', 'bigint')
      .execute();
    await db.schema
      .createIndex('booking_hand_overs_booking')
      .on('booking_hand_overs')
      .column('booking_id')
      .execute();
    await db.schema
      .createIndex('booking_hand_overs_to')
      .on('booking_hand_overs')
      .columns(['to_owner', 'dismissed_at'])
      .execute();
    const entries = await db
      .selectFrom('activity')
      .select(['id', 'at', 'actor', 'subject_id', 'value_before', 'value_after'])
      .where('action', '=', 'booking.hand-over')
      .execute();
    for (const { id, at, actor, subject_id: bookingId, value_before: from, value_after: to } of entries) {
      if (bookingId === null || to === null) continue;
      const row = { id: `record-${id}`, booking_id: bookingId, at, to_owner: to, actor, dismissed_at: at };
      await db
        .insertInto('booking_hand_overs')
        .values({ ...row, from_owner: from === 'nobody here' ? null : from })
        .execute();
    }
  },
};
