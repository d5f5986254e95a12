import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const robotsShared: Migration = {
  up: async (db: Kysely<unknown>) => {
    await extendBookings(db);
    await db.schema
      .createTable('queue_lengths')
      .addColumn('deployment_id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('length', 'integer')
      .addPrimaryKeyConstraint('queue_lengths_key', ['deployment_id', 'at'])
      .execute();
    await db.schema.createIndex('queue_lengths_at').on('queue_lengths').column('at').execute();
    await db.schema
      .createTable('robot_watches')
      .addColumn('deployment_id', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('robot_watches_key', ['deployment_id', 'person'])
      .execute();
  },
};

async function extendBookings(db: Kysely<unknown>): Promise<void> {
  // SQLite adds one column per statement.
  const columns = [
    ['sent_at', 'bigint'],
    ['ready_at', 'bigint'],
    ['active_at', 'bigint'],
    ['warned_minutes', 'integer'],
  ] as const;
  for (const [name, type] of columns) await db.schema.alterTable('bookings').addColumn(name, type).execute();
  // Before this version kept the time, requests were sent at once.
  const bookings = db as Kysely<{ bookings: { sent_at: number | null; requested_at: number } }>;
  await bookings
    .updateTable('bookings')
    .set((column) => ({ sent_at: column.ref('requested_at') }))
    .execute();
}
