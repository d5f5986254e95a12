import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What is over is found by its age, and sizes of blocks are told a value without reading them. */
export const retention: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const table of ['bookings', 'tasks', 'claim_batches', 'task_batches'])
      await db.schema
        .createIndex(`${table}_requested_at`)
        .on(table)
        .columns(['requested_at', 'id'])
        .execute();
    await db.schema.dropIndex('telemetry_blocks_tier_start').execute();
    await db.schema
      .createIndex('telemetry_blocks_sizes')
      .on('telemetry_blocks')
      .columns(['tier', 'start', 'bytes', 'points'])
      .execute();
  },
};
