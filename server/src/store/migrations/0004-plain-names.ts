import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

type Before = { activity: { outcome: string } };

/** `termination_wished` becomes `termination_requested`, as in the API; the outcome `noticed` becomes `detected`. */
export const plainNames: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('bookings')
      .renameColumn('termination_wished', 'termination_requested')
      .execute();
    await (db as Kysely<Before>)
      .updateTable('activity')
      .set({ outcome: 'detected' })
      .where('outcome', '=', 'noticed')
      .execute();
  },
};
