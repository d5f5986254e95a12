import type { Kysely, Selectable } from 'kysely';

import type { Database, QueueLengthTable } from './schema.ts';

export type QueueLengthRow = Selectable<QueueLengthTable>;

/** Of two change points at the same moment for one deployment the first stays. */
export async function appendQueueLengths(db: Kysely<Database>, rows: QueueLengthRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('queue_lengths')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['deployment_id', 'at']).doNothing())
    .execute();
}

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

/** Keeps each deployment's last one, which is still in force. */
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
