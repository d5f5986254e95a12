import { activityOutcome } from '@cyclorama/shared/activity.ts';
import type { Insertable, Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';

import type { ActivityNote } from '../lib/activity-note.ts';
import { knownOr } from './known-values.ts';
import type { ActivityTable, Database } from './schema.ts';

export type ActivityRow = Selectable<ActivityTable>;

const knownOutcome = knownOr(activityOutcome.options, 'detected');

export async function insertActivity(
  db: Kysely<Database>,
  entry: Insertable<ActivityTable>,
): Promise<ActivityRow> {
  return db.insertInto('activity').values(entry).returningAll().executeTakeFirstOrThrow();
}

export type RecordActivityWithin = (db: Kysely<Database>, note: ActivityNote) => Promise<() => void>;

export type ActivityFilter = {
  before?: number;
  limit: number;
  actor?: string;
  /** A whole action, or the part before its dot. */
  action?: string;
  subject?: string;
};

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
