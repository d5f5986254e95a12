import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What is told of alerts, and how far each message has come. What stands already counts as told. */
export const alertMessages: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const column of ['told_at', 'over_told_at'])
      await db.schema.alterTable('alerts').addColumn(column, 'bigint').execute();
    await sql`update alerts set told_at = fired_at, over_told_at = resolved_at`.execute(db);
    await sql`create index alerts_over_untold on alerts (told_at)
      where state = 'resolved' and told_at is not null and over_told_at is null`.execute(db);
    await db.schema
      .createTable('alert_messages')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('rule_id', 'text', (column) => column.notNull())
      .addColumn('rule_name', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('summary', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('alert_messages_created')
      .on('alert_messages')
      .columns(['created_at', 'id'])
      .execute();
    await db.schema
      .createTable('alert_deliveries')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('message_id', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('tries', 'integer', (column) => column.notNull())
      .addColumn('next_at', 'bigint', (column) => column.notNull())
      .addColumn('tried_at', 'bigint')
      .addColumn('status', 'integer')
      .addColumn('fault', 'text')
      .addUniqueConstraint('alert_deliveries_once', ['message_id', 'channel'])
      .execute();
    await sql`create index alert_deliveries_waiting on alert_deliveries (next_at) where state = 'waiting'`.execute(
      db,
    );
  },
};
