import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

import type { Engine } from '../engine.ts';

/**
 * Compressed blocks of telemetry. What is in `telemetry_samples` is put into them by the running server; the means in
 * `telemetry_rollups` are still read, and no new ones are added.
 */
export function blocks(engine: Engine): Migration {
  const bytes = engine === 'sqlite' ? sql`blob` : sql`bytea`;
  return {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable('telemetry_blocks')
        .addColumn('instance_id', 'text', (column) => column.notNull())
        .addColumn('tier', 'integer', (column) => column.notNull())
        .addColumn('start', 'bigint', (column) => column.notNull())
        .addColumn('points', 'integer', (column) => column.notNull())
        .addColumn('bytes', 'integer', (column) => column.notNull())
        .addColumn('body', bytes, (column) => column.notNull())
        .addPrimaryKeyConstraint('telemetry_blocks_key', ['instance_id', 'tier', 'start'])
        .execute();
      // Sizes and ages are read without the bodies.
      await db.schema
        .createIndex('telemetry_blocks_tier_start')
        .on('telemetry_blocks')
        .columns(['tier', 'start', 'bytes'])
        .execute();
      // bytea is compressed already.
      if (engine === 'postgres')
        await sql`alter table telemetry_blocks alter column body set storage external`.execute(db);
    },
  };
}
