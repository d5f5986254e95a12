import type { TimelineKind, TimelineOutcome } from '@cyclorama/shared/timeline-filters.ts';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import { sql } from 'kysely';

import type { ActivityRow } from './activity-chain.ts';
import type { ObjectEventRow } from './object-events.ts';
import type { Database } from './schema.ts';

/** Rows before `at`, and at it those with a lower id. */
export type Before = { at: number; id: number };
export type TimelineFilter = {
  kind?: TimelineKind;
  actor?: string;
  subject?: string;
  outcome?: TimelineOutcome;
  from?: number;
  to?: number;
  before?: Before;
  limit: number;
};

/** The record notes these too, but a life has more of them. */
const TOLD_BY_EVENTS = ['instance.state', 'instance.health', 'container.state'];
/** A change of state is one row: on its way there it is told nowhere. */
const ON_THE_WAY = ['new', 'starting', 'stopping', 'deleting'];

type Of<T extends 'activity' | 'object_events'> = SelectQueryBuilder<Database, T, object>;

function within<T extends 'activity' | 'object_events'>(
  query: Of<T>,
  { from, to, before }: Pick<TimelineFilter, 'from' | 'to' | 'before'>,
): Of<T> {
  const at = sql.ref<number>('at');
  let some = query;
  if (from !== undefined) some = some.where(sql<boolean>`${at} >= ${from}`);
  if (to !== undefined) some = some.where(sql<boolean>`${at} < ${to}`);
  // The first condition lets the index begin here.
  if (before !== undefined)
    some = some.where(sql<boolean>`${at} <= ${before.at} and (${at} < ${before.at} or id < ${before.id})`);
  return some;
}

/** Newest first, without those of actions: the record has them. */
export async function timelineEvents(
  db: Kysely<Database>,
  { kind, actor, subject, outcome, limit, ...span }: TimelineFilter,
): Promise<ObjectEventRow[]> {
  if (kind === 'action' || kind === 'job' || actor !== undefined) return [];
  let query = within<'object_events'>(db.selectFrom('object_events'), span).where((of) =>
    of.and([
      of('kind', '!=', 'action'),
      of.or([of('kind', '!=', 'state'), of('value_after', 'not in', ON_THE_WAY)]),
    ]),
  );
  if (kind === 'state') query = query.where('kind', 'in', ['state', 'health', 'readiness', 'restart']);
  if (kind === 'change')
    query = query.where('kind', 'in', [
      'deployment',
      'scaling',
      'migration',
      'setting',
      'created',
      'deleted',
    ]);
  if (outcome !== undefined) query = query.where('outcome', '=', outcome);
  if (subject !== undefined)
    query = query.where((of) =>
      of.or([
        of('object_id', '=', subject),
        of('container_id', '=', subject),
        of('object_name', '=', subject),
      ]),
    );
  return query.selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export type TimelineAction = ActivityRow & { began: number | null };

/**
 * Newest first. A start that has an end is left out, and its time is told with the end: that names it, or is the next of
 * the same action on the same subject.
 */
export async function timelineActions(
  db: Kysely<Database>,
  { kind, actor, subject, outcome, limit, ...span }: TimelineFilter,
): Promise<TimelineAction[]> {
  if ((kind !== undefined && kind !== 'action') || outcome === 'recovered') return [];
  const { since } = await db
    .selectFrom('object_events')
    .select((of) => of.fn.min('at').as('since'))
    .executeTakeFirstOrThrow();
  let query = within<'activity'>(db.selectFrom('activity'), span).where(
    sql<boolean>`not (outcome = 'started' and (
      exists (select 1 from activity as later where later.intent = activity.id)
      or exists (select 1 from activity as later where later.subject_id = activity.subject_id
        and later.action = case activity.action when 'batch.start' then 'batch.end' else activity.action end
        and later.id > activity.id)))`,
  );
  if (since !== null)
    query = query.where((of) => of.or([of('action', 'not in', TOLD_BY_EVENTS), of('at', '<', since)]));
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (outcome !== undefined)
    query = query.where('outcome', '=', outcome === 'changed' ? 'detected' : outcome);
  if (subject !== undefined)
    query = query.where((of) => of.or([of('subject_id', '=', subject), of('subject_name', '=', subject)]));
  return query
    .selectAll()
    .select(
      sql<number | null>`case when outcome = 'started' then null when intent is not null
        then (select first.at from activity as first where first.id = activity.intent)
        else (select case first.outcome when 'started' then first.at end from activity as first
          where first.subject_id = activity.subject_id
          and first.action = case activity.action when 'batch.end' then 'batch.start' else activity.action end
          and first.id < activity.id order by first.id desc limit 1) end`.as('began'),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
