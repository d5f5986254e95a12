import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the reads of the timeline need: newest first, of one outcome, of one object, and the start of an end. */
export const timeline: Migration = {
  up: async (db: Kysely<unknown>) => {
    const index = (table: string, name: string, columns: string[]): Promise<void> =>
      db.schema.createIndex(`${table}_${name}`).on(table).columns(columns).execute();
    await index('object_events', 'by_kind', ['object_id', 'kind', 'id']);
    await index('object_events', 'by_outcome', ['outcome', 'at']);
    await index('object_events', 'by_name', ['object_name', 'at']);
    await index('activity', 'by_subject_action', ['subject_id', 'action', 'id']);
    await index('activity', 'by_outcome', ['outcome', 'at']);
    await index('activity', 'by_name', ['subject_name', 'at']);
    await index('activity', 'by_intent', ['intent']);
  },
};
