import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Samples are read by instance and time only: keeping them by time too costs a fifth of each round. */
export const samplesByInstanceOnly: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.dropIndex('telemetry_samples_at').execute();
  },
};
