import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Which of the replicas leads the shared work: one row, whose `term` grows with every change of leader. And what was
 * detected last when, so that only the first of the replicas that see it records it.
 */
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
    await db.schema
      .createTable('detections')
      .addColumn('what', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('detections_by_at').on('detections').column('at').execute();
  },
};
