import type { Insertable, Kysely, Selectable } from 'kysely';

import type { ObjectEventTable } from './schema-life.ts';
import type { Database } from './schema.ts';

export type ObjectEventRow = Selectable<ObjectEventTable>;
export type NewObjectEvent = Insertable<ObjectEventTable>;

/** An event that is stored already stays as it is, but for its outcome and end. */
export async function writeObjectEvents(
  db: Kysely<Database>,
  rows: readonly NewObjectEvent[],
): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('object_events')
    .values([...rows])
    .onConflict((conflict) => conflict.column('natural_key').doNothing())
    .execute();
}

export async function endObjectEvent(
  db: Kysely<Database>,
  {
    natural_key: key,
    ended_at,
    outcome,
    detail,
  }: Pick<NewObjectEvent, 'natural_key'> & Pick<ObjectEventRow, 'ended_at' | 'outcome' | 'detail'>,
): Promise<void> {
  await db
    .updateTable('object_events')
    .set({ ended_at, outcome, detail })
    .where('natural_key', '=', key)
    .where('outcome', '=', 'started')
    .execute();
}

/** Newest first. A container's include those of its instances. */
export async function listObjectEvents(
  db: Kysely<Database>,
  { of, before, limit }: { of?: string; before?: number; limit: number },
): Promise<ObjectEventRow[]> {
  let query = db.selectFrom('object_events').selectAll().orderBy('id', 'desc').limit(limit);
  if (before !== undefined) query = query.where('id', '<', before);
  if (of !== undefined)
    query = query.where((where) => where.or([where('object_id', '=', of), where('container_id', '=', of)]));
  return query.execute();
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

/** Deployments that were still going on when they were last looked at. */
export async function openDeployments(db: Kysely<Database>): Promise<ObjectEventRow[]> {
  return db
    .selectFrom('object_events')
    .selectAll()
    .where('kind', '=', 'deployment')
    .where('outcome', '=', 'started')
    .execute();
}

/** At most `keep` of the newest stay, and none from before `before`. */
export async function pruneObjectEvents(db: Kysely<Database>, before: number, keep: number): Promise<void> {
  await db.deleteFrom('object_events').where('at', '<', before).execute();
  const { newest } = await db
    .selectFrom('object_events')
    .select((of) => of.fn.max('id').as('newest'))
    .executeTakeFirstOrThrow();
  if (newest !== null)
    await db
      .deleteFrom('object_events')
      .where('id', '<=', newest - keep)
      .execute();
}
