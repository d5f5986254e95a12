import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

import type { Engine } from '../engine.ts';

/** `natural_key` decides between two replicas that saw the same change. */
export function life(engine: Engine): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      const events = db.schema.createTable('object_events');
      const withId =
        engine === 'sqlite'
          ? events.addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
          : events.addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity());
      await withId
        .addColumn('natural_key', 'text', (column) => column.notNull().unique())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('ended_at', 'bigint')
        .addColumn('object_kind', 'text', (column) => column.notNull())
        .addColumn('object_id', 'text', (column) => column.notNull())
        .addColumn('object_name', 'text', (column) => column.notNull())
        .addColumn('container_id', 'text')
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('value_before', 'text')
        .addColumn('value_after', 'text')
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('actor', 'text')
        .addColumn('detail', 'text')
        .execute();
      await db.schema
        .createIndex('object_events_object')
        .on('object_events')
        .columns(['object_id', 'id'])
        .execute();
      await db.schema
        .createIndex('object_events_container')
        .on('object_events')
        .columns(['container_id', 'id'])
        .execute();
      await db.schema.createIndex('object_events_at').on('object_events').column('at').execute();

      await db.schema.alterTable('tasks').addColumn('phase', 'text').execute();
      await db.schema.alterTable('tasks').addColumn('phase_at', 'bigint').execute();
      await db.schema.alterTable('tasks').addColumn('batch_id', 'text').execute();

      await db.schema
        .createTable('task_batches')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('requested_by', 'text', (column) => column.notNull())
        .addColumn('requested_at', 'bigint', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('concurrency', 'integer', (column) => column.notNull())
        .addColumn('stop_after_failures', 'integer')
        .addColumn('finished_at', 'bigint')
        .addColumn('runner', 'text')
        .addColumn('lease_until', 'bigint')
        .execute();
      await db.schema
        .createTable('task_batch_items')
        .addColumn('batch_id', 'text', (column) => column.notNull())
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('instance_id', 'text', (column) => column.notNull())
        .addColumn('instance_name', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('detail', 'text')
        .addColumn('finished_at', 'bigint')
        .addPrimaryKeyConstraint('task_batch_items_key', ['batch_id', 'position'])
        .execute();
      await db.schema
        .createIndex('task_batch_items_state')
        .on('task_batch_items')
        .columns(['batch_id', 'state', 'position'])
        .execute();
    },
  };
}
