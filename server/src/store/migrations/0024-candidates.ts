import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Bookings of any of some robots. */
export const candidates: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('bookings').addColumn('candidates', 'text').execute();
  },
};
