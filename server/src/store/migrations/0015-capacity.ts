import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** One row a minute: how many instances are how well. */
export const capacity: Migration = {
  up: async (db: Kysely<unknown>) => {
    let table = db.schema
      .createTable('capacity_history')
      .addColumn('at', 'bigint', (column) => column.primaryKey());
    for (const state of ['failed', 'unhealthy', 'not_ready', 'changing', 'stopped', 'running'])
      table = table.addColumn(state, 'integer', (column) => column.notNull());
    await table.execute();
  },
};
