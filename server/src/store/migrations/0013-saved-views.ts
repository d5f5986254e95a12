import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What a person keeps of the environment: views of its picture under names, and what they pinned. */
export const savedViews: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('saved_views')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('search', 'text', (column) => column.notNull())
      .addColumn('shared', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('saved_views_name', ['owner', 'name'])
      .execute();
    await db.schema
      .createTable('pins')
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('node_id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('pins_key', ['person', 'node_id'])
      .execute();
  },
};
