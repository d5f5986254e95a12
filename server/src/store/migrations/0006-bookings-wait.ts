import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Whose account a booking was made with, and since when rerobots has not shown it. */
export const bookingsWait: Migration = {
  up: async (db: Kysely<unknown>) => {
    // SQLite adds one column per statement.
    await db.schema.alterTable('bookings').addColumn('account', 'text').execute();
    await db.schema.alterTable('bookings').addColumn('missing_since', 'bigint').execute();
  },
};
