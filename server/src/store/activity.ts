import { activityOutcome, activityWay } from '@cyclorama/shared/activity.ts';
import type { ActivityOutcome, ActivityWay } from '@cyclorama/shared/activity.ts';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import { sql } from 'kysely';

import type { ActivityRow } from './activity-chain.ts';
import { knownOr } from './known-values.ts';
import type { Database } from './schema.ts';

const knownOutcome = knownOr(activityOutcome.options, 'detected');
const ways = new Set<string>(activityWay.options);

export type ActivityFilter = {
  actor?: string;
  /** A whole action, or the part before its dot. */
  action?: string;
  subject?: string;
  outcome?: ActivityOutcome;
  way?: ActivityWay;
  /** Epoch milliseconds: from this time on, and before that one. */
  from?: number;
  to?: number;
  /** Text to be found in one of `searched`, whatever its case. */
  q?: string;
  searched?: readonly SearchedColumn[];
};

export type SearchedColumn = keyof ActivityRow &
  ('actor' | 'action' | 'subject_id' | 'subject_name' | 'detail' | 'reason' | 'address' | 'request_id');

/** Newest first. */
export async function listActivity(
  db: Kysely<Database>,
  { before, limit, ...filter }: ActivityFilter & { before?: number; limit: number },
): Promise<ActivityRow[]> {
  let query = filtered(db.selectFrom('activity').selectAll(), filter).orderBy('id', 'desc').limit(limit);
  if (before !== undefined) query = query.where('id', '<', before);
  return (await query.execute()).map(known);
}

/** Oldest first. */
export async function activityByIds(db: Kysely<Database>, ids: number[]): Promise<ActivityRow[]> {
  const rows = await db.selectFrom('activity').selectAll().where('id', 'in', ids).orderBy('id').execute();
  return rows.map(known);
}

/** Oldest first, from the entry after `after` on. */
export async function activityAfter(
  db: Kysely<Database>,
  { after, limit, ...filter }: ActivityFilter & { after: number; limit: number },
): Promise<ActivityRow[]> {
  const rows = await filtered(db.selectFrom('activity').selectAll(), filter)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(known);
}

/** States this release does not know are shown as `detected`, ways as none. */
function known(row: ActivityRow): ActivityRow {
  return {
    ...row,
    outcome: knownOutcome(row.outcome),
    way: row.way !== null && ways.has(row.way) ? row.way : null,
  };
}

type Query = SelectQueryBuilder<Database, 'activity', ActivityRow>;

function filtered(
  query: Query,
  { actor, action, subject, outcome, way, from, to, q, searched = [] }: ActivityFilter,
): Query {
  let all = query;
  if (actor !== undefined) all = all.where('actor', '=', actor);
  if (subject !== undefined) all = all.where('subject_id', '=', subject);
  if (outcome !== undefined) all = all.where('outcome', '=', outcome);
  if (way !== undefined) all = all.where('way', '=', way);
  if (from !== undefined) all = all.where('at', '>=', from);
  if (to !== undefined) all = all.where('at', '<', to);
  if (action !== undefined) {
    const kind = `${escaped(action)}.%`;
    all = all.where((where) =>
      where.or([where('action', '=', action), sql<boolean>`action like ${kind} escape '\\'`]),
    );
  }
  if (q !== undefined && q.trim() !== '') {
    const pattern = `%${escaped(q.trim().toLowerCase())}%`;
    all = all.where((of) =>
      of.or(searched.map((column) => sql<boolean>`lower(${of.ref(column)}) like ${pattern} escape '\\'`)),
    );
  }
  return all;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
