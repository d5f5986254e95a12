import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which of the replicas leads the shared work; one row, whose `term` grows with every change of leader. */
export const replicas: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('leadership')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('term', 'bigint', (column) => column.notNull())
      .addColumn('leader', 'text')
      .addColumn('since', 'bigint')
      .execute();
    await (db as Kysely<Record<'leadership', { id: number; term: number }>>)
      .insertInto('leadership')
      .values({ id: 1, term: 0 })
      .execute();
  },
};
