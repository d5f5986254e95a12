import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who reads which server's telemetry: a collector, and where none is, a dashboard process. */
export const collectors: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('collectors')
      .addColumn('server_id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('hostname', 'text')
      .addColumn('instance_id', 'text', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('reported_at', 'bigint', (column) => column.notNull())
      .addColumn('sample_at', 'bigint')
      .addColumn('waiting', 'bigint', (column) => column.notNull())
      .addColumn('dropped', 'bigint', (column) => column.notNull())
      .addColumn('failing_since', 'bigint')
      .addColumn('reason', 'text')
      .addPrimaryKeyConstraint('collectors_key', ['server_id', 'kind'])
      .execute();
  },
};
