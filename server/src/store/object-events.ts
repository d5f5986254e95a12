import { setImmediate as turn } from 'node:timers/promises';

import type { Insertable, Kysely, Selectable } from 'kysely';

import type { ObjectEventTable } from './schema-life.ts';
import type { Database } from './schema.ts';

export type ObjectEventRow = Selectable<ObjectEventTable>;
/** `natural_key` null: nothing the upstream tells identifies it; its place in the life of its object does. */
export type NewObjectEvent = Omit<Insertable<ObjectEventTable>, 'natural_key'> & {
  natural_key: string | null;
};
type Keyed = Insertable<ObjectEventTable>;

/** An event that is stored already stays as it is, but for its outcome and end. Returns the keys of new ones. */
export async function insertObjectEvents(
  db: Kysely<Database>,
  rows: readonly Keyed[],
): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map();
  const stored = await db
    .insertInto('object_events')
    .values([...rows])
    .onConflict((conflict) => conflict.column('natural_key').doNothing())
    .returning(['natural_key', 'id'])
    .execute();
  return new Map(stored.map(({ natural_key: key, id }) => [key, id]));
}

/** What goes on, by its key, or as what its object does. */
export type OpenEvent =
  | { natural_key: string }
  | { object_id: string; kind: ObjectEventRow['kind']; value_after: string | null };
export type EventEnd = { of: OpenEvent } & Pick<ObjectEventRow, 'ended_at' | 'outcome' | 'detail'>;

export async function endObjectEvent(
  db: Kysely<Database>,
  { of, ended_at, outcome, detail }: EventEnd,
): Promise<void> {
  const ended = db
    .updateTable('object_events')
    .set({ ended_at, outcome, detail })
    .where('outcome', '=', 'started');
  const one =
    'natural_key' in of
      ? ended.where('natural_key', '=', of.natural_key)
      : ended
          .where('object_id', '=', of.object_id)
          .where('kind', '=', of.kind)
          .where('value_after', of.value_after === null ? 'is' : '=', of.value_after);
  await one.execute();
}

export type ObjectEventsFilter = {
  of?: string;
  before?: number;
  from?: number;
  to?: number;
  only?: 'notable';
  limit: number;
};

/** Newest first. A container's include those of its instances. */
export async function listObjectEvents(
  db: Kysely<Database>,
  { of, before, from, to, only, limit }: ObjectEventsFilter,
): Promise<ObjectEventRow[]> {
  let query = db.selectFrom('object_events').selectAll().orderBy('id', 'desc').limit(limit);
  if (before !== undefined) query = query.where('id', '<', before);
  if (from !== undefined) query = query.where('at', '>=', from);
  if (to !== undefined) query = query.where('at', '<=', to);
  if (only === 'notable')
    query = query.where((where) =>
      where.or([where('outcome', '!=', 'changed'), where('kind', 'in', ['scaling', 'setting'])]),
    );
  if (of !== undefined)
    query = query.where((where) => where.or([where('object_id', '=', of), where('container_id', '=', of)]));
  return query.execute();
}

/** What may be the cause of something, newest first: of a container, its instances, and the servers they run on. */
export async function listCauses(
  db: Kysely<Database>,
  { of, from, to, limit }: { of: readonly string[]; from: number; to: number; limit: number },
): Promise<ObjectEventRow[]> {
  return db
    .selectFrom('object_events')
    .selectAll()
    .where((where) => where.or([where('object_id', 'in', of), where('container_id', 'in', of)]))
    .where('at', '>=', from)
    .where('at', '<=', to)
    .where((where) =>
      where.or([
        where('kind', 'in', ['action', 'migration', 'restart', 'scaling', 'setting']),
        where.and([where('kind', 'in', ['deployment', 'state']), where('object_kind', '!=', 'instance')]),
      ]),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function countRestarts(
  db: Kysely<Database>,
  instanceId: string,
  since: number,
): Promise<number> {
  const { count } = await db
    .selectFrom('object_events')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('object_id', '=', instanceId)
    .where('kind', '=', 'restart')
    .where('at', '>=', since)
    .executeTakeFirstOrThrow();
  return count;
}

export async function restartsByContainer(
  db: Kysely<Database>,
  since: number,
): Promise<{ id: string; count: number }[]> {
  const rows = await db
    .selectFrom('object_events')
    .select((of) => ['container_id', of.fn.countAll<number>().as('count')])
    .where('at', '>=', since)
    .where('kind', '=', 'restart')
    .groupBy('container_id')
    .execute();
  return rows.flatMap(({ container_id: id, count }) => (id === null ? [] : { id, count }));
}

/** Of each of these containers the newest, however it ended. */
export async function newestDeployments(
  db: Kysely<Database>,
  containerIds: readonly string[],
): Promise<{ id: string; at: number }[]> {
  if (containerIds.length === 0) return [];
  return db
    .selectFrom('object_events')
    .select((of) => ['object_id as id', of.fn.max('at').as('at')])
    .where('kind', '=', 'deployment')
    .where('object_id', 'in', containerIds)
    .groupBy('object_id')
    .execute();
}

/** What was still going on when it was last looked at, oldest first; actions are followed by their tasks. */
export async function openObjectEvents(db: Kysely<Database>): Promise<ObjectEventRow[]> {
  return db
    .selectFrom('object_events')
    .selectAll()
    .where('outcome', '=', 'started')
    .where('kind', '!=', 'action')
    .orderBy('id')
    .execute();
}

/** The newest event of health and readiness of each instance. */
export async function lastChecks(
  db: Kysely<Database>,
): Promise<Pick<ObjectEventRow, 'object_id' | 'kind' | 'value_after' | 'at'>[]> {
  const newest = db
    .selectFrom('object_events')
    .select((of) => of.fn.max('id').as('id'))
    .where('kind', 'in', ['health', 'readiness'])
    .groupBy(['object_id', 'kind']);
  return db
    .selectFrom('object_events')
    .select(['object_id', 'kind', 'value_after', 'at'])
    .where('id', 'in', newest)
    .execute();
}

/** Limits how long others wait for a transaction. */
const PRUNED_AT_ONCE = 1_000;

/** At most `keep` of the newest stay, and none from before `before`; some at a time, until `isWanted` is false. */
export async function pruneObjectEvents(
  db: Kysely<Database>,
  { before, keep, isWanted }: { before: number; keep: number; isWanted: () => boolean },
): Promise<void> {
  const { newest } = await db
    .selectFrom('object_events')
    .select((of) => of.fn.max('id').as('newest'))
    .executeTakeFirstOrThrow();
  while (isWanted()) {
    const old = db
      .selectFrom('object_events')
      .select('id')
      .where((of) => of.or([of('at', '<', before), of('id', '<=', (newest ?? 0) - keep)]))
      .limit(PRUNED_AT_ONCE);
    const { numDeletedRows } = await db.deleteFrom('object_events').where('id', 'in', old).executeTakeFirst();
    if (numDeletedRows === 0n) return;
    await turn();
  }
}
