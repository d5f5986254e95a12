import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What one person did, newest first, for the timeline. */
export const timelineByActor: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.createIndex('activity_by_actor_at').on('activity').columns(['actor', 'at']).execute();
  },
};
