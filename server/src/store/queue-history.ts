import type { Kysely, Selectable } from 'kysely';

import type { Database, QueueLengthTable } from './schema.ts';

export type QueueLengthRow = Selectable<QueueLengthTable>;

/** Adds change points; of two at the same moment for one deployment the first stays. */
export async function appendQueueLengths(db: Kysely<Database>, rows: QueueLengthRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('queue_lengths')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['deployment_id', 'at']).doNothing())
    .execute();
}

/** The change points of one deployment since a time, oldest first, led by the one that held when it began. */
export async function queueLengthsSince(
  db: Kysely<Database>,
  deploymentId: string,
  since: number,
): Promise<QueueLengthRow[]> {
  const rows = await db
    .selectFrom('queue_lengths')
    .selectAll()
    .where('deployment_id', '=', deploymentId)
    .where('at', '>', since)
    .orderBy('at')
    .execute();
  const before = await db
    .selectFrom('queue_lengths')
    .selectAll()
    .where('deployment_id', '=', deploymentId)
    .where('at', '<=', since)
    .orderBy('at', 'desc')
    .executeTakeFirst();
  return before ? [{ ...before, at: since }, ...rows] : rows;
}

/** The last change point of every deployment. */
export async function lastQueueLengths(db: Kysely<Database>): Promise<QueueLengthRow[]> {
  return db
    .selectFrom('queue_lengths as point')
    .selectAll()
    .where((where) =>
      where(
        'at',
        '=',
        where
          .selectFrom('queue_lengths as newest')
          .select((select) => select.fn.max('newest.at').as('at'))
          .whereRef('newest.deployment_id', '=', 'point.deployment_id'),
      ),
    )
    .execute();
}

/** Forgets change points before a time, except each deployment's last one, which still holds. */
export async function pruneQueueLengths(db: Kysely<Database>, before: number): Promise<void> {
  await db
    .deleteFrom('queue_lengths')
    .where('at', '<', before)
    .where((where) =>
      where.exists(
        where
          .selectFrom('queue_lengths as later')
          .select('later.at')
          .whereRef('later.deployment_id', '=', 'queue_lengths.deployment_id')
          .whereRef('later.at', '>', 'queue_lengths.at'),
      ),
    )
    .execute();
}
