import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which requests were carried out, by the key their sender gave them; the primary key decides between two at once. */
export const requestKeys: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('request_keys')
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text')
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('request_keys_key', ['person', 'key'])
      .execute();
    await db.schema.createIndex('request_keys_at').on('request_keys').column('at').execute();
  },
};
