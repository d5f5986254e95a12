import { activityOutcome } from '@cyclorama/shared/activity.ts';
import type { Insertable, Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';

import type { ActivityNote } from '../lib/activity-note.ts';
import { knownOr } from './known-values.ts';
import type { ActivityTable, Database } from './schema.ts';

export type ActivityRow = Selectable<ActivityTable>;

const knownOutcome = knownOr(activityOutcome.options, 'detected');

/** Writes one entry and gives back its row with the id. */
export async function insertActivity(
  db: Kysely<Database>,
  entry: Insertable<ActivityTable>,
): Promise<ActivityRow> {
  return db.insertInto('activity').values(entry).returningAll().executeTakeFirstOrThrow();
}

/**
 * Writes an entry with the caller's own transaction: it stands or falls with what it reports. Call what it gives back
 * once that is committed, to tell all browsers.
 */
export type RecordActivityWithin = (db: Kysely<Database>, note: ActivityNote) => Promise<() => void>;

export type ActivityFilter = {
  /** Only entries older than this id. */
  before?: number;
  limit: number;
  actor?: string;
  /** An action, or the part before its dot for all of that kind. */
  action?: string;
  /** The id of what was acted on. */
  subject?: string;
};

/** Entries newest first, at most `limit`. */
export async function listActivity(
  db: Kysely<Database>,
  { before, limit, actor, action, subject }: ActivityFilter,
): Promise<ActivityRow[]> {
  let query = db.selectFrom('activity').selectAll().orderBy('id', 'desc').limit(limit);
  if (before !== undefined) query = query.where('id', '<', before);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (subject !== undefined) query = query.where('subject_id', '=', subject);
  if (action !== undefined) {
    const kind = `${action.replaceAll(/[\\%_]/g, String.raw`\$&`)}.%`;
    query = query.where((where) =>
      where.or([where('action', '=', action), sql<boolean>`action like ${kind} escape '\\'`]),
    );
  }
  const rows = await query.execute();
  return rows.map((row) => ({ ...row, outcome: knownOutcome(row.outcome) }));
}
