import type { TaskBatchItemState } from '@cyclorama/shared/environment.ts';
import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';

import type { RequestKey } from '../lib/idempotency.ts';
import { isHeldBy, leaseIsOver } from './leases.ts';
import { insertRequestKey } from './request-keys.ts';
import type { TaskBatchItemTable, TaskBatchTable } from './schema-life.ts';
import type { Database } from './schema.ts';

export type TaskBatchRow = Selectable<TaskBatchTable>;
export type TaskBatchItemRow = Selectable<TaskBatchItemTable>;
export type ItemCounts = Record<TaskBatchItemState, number>;

/** Keeps a statement's parameters below both engines' limits. */
const ROWS_AT_ONCE = 500;

/** With the key it was requested with, in the given transaction. */
export async function insertTaskBatch(
  db: Kysely<Database>,
  row: TaskBatchRow,
  items: readonly TaskBatchItemRow[],
  requestKey: RequestKey | null,
): Promise<void> {
  await insertRequestKey(db, requestKey, { outcome: row.id, at: row.requested_at });
  await db.insertInto('task_batches').values(row).execute();
  for (let from = 0; from < items.length; from += ROWS_AT_ONCE)
    await db
      .insertInto('task_batch_items')
      .values(items.slice(from, from + ROWS_AT_ONCE))
      .execute();
}

export async function taskBatchById(db: Kysely<Database>, id: string): Promise<TaskBatchRow | null> {
  return (await db.selectFrom('task_batches').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

export async function listTaskBatches(db: Kysely<Database>, limit: number): Promise<TaskBatchRow[]> {
  return db
    .selectFrom('task_batches')
    .selectAll()
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Takes the open ones that no process walks, or whose lease ran out; with `anyRunner` all open ones. */
export async function takeTaskBatches(
  db: Kysely<Database>,
  { runner, until, now, anyRunner }: { runner: string; until: number; now: number; anyRunner: boolean },
): Promise<TaskBatchRow[]> {
  let query = db
    .updateTable('task_batches')
    .set({ runner, lease_until: until })
    .where('state', '!=', 'ended');
  if (!anyRunner) query = query.where(leaseIsOver(now));
  return query.returningAll().execute();
}

/** Also renews the lease; null where this process lost the batch. */
export async function saveTaskBatch(
  db: Kysely<Database>,
  id: string,
  runner: string,
  patch: Partial<Pick<TaskBatchRow, 'state' | 'finished_at' | 'lease_until'>>,
): Promise<TaskBatchRow | null> {
  const row = await db
    .updateTable('task_batches')
    .set(patch)
    .where(isHeldBy(runner, id))
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

export async function markTaskBatchStopping(db: Kysely<Database>, id: string): Promise<boolean> {
  const row = await db
    .updateTable('task_batches')
    .set({ state: 'stopping' })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function itemsIn(
  db: Kysely<Database>,
  batchId: string,
  state: TaskBatchItemState,
  limit: number,
): Promise<TaskBatchItemRow[]> {
  return db
    .selectFrom('task_batch_items')
    .selectAll()
    .where('batch_id', '=', batchId)
    .where('state', '=', state)
    .orderBy('position')
    .limit(limit)
    .execute();
}

/** What needs a look first: failures, then what is at work, waits or was not tried, then what is done. */
export async function itemsForReport(
  db: Kysely<Database>,
  batchId: string,
  limit: number,
): Promise<TaskBatchItemRow[]> {
  const rank = sql`case state when 'failed' then 0 when 'refused' then 1 when 'unknown' then 2
    when 'running' then 3 when 'skipped' then 4 when 'waiting' then 5 else 6 end`;
  return db
    .selectFrom('task_batch_items')
    .selectAll()
    .where('batch_id', '=', batchId)
    .orderBy(rank)
    .orderBy('position')
    .limit(limit)
    .execute();
}

export async function setItem(
  db: Kysely<Database>,
  { batch_id, position }: Pick<TaskBatchItemRow, 'batch_id' | 'position'>,
  patch: Partial<Pick<TaskBatchItemRow, 'state' | 'detail' | 'finished_at'>>,
): Promise<void> {
  await db
    .updateTable('task_batch_items')
    .set(patch)
    .where('batch_id', '=', batch_id)
    .where('position', '=', position)
    .execute();
}

/** False where it is not waiting any more, so that no item is begun twice. */
export async function takeItem(
  db: Kysely<Database>,
  { batch_id, position }: Pick<TaskBatchItemRow, 'batch_id' | 'position'>,
): Promise<boolean> {
  const row = await db
    .updateTable('task_batch_items')
    .set({ state: 'running' })
    .where('batch_id', '=', batch_id)
    .where('position', '=', position)
    .where('state', '=', 'waiting')
    .returning('position')
    .executeTakeFirst();
  return row !== undefined;
}

export async function skipWaiting(
  db: Kysely<Database>,
  batchId: string,
  detail: string,
  at: number,
): Promise<void> {
  await db
    .updateTable('task_batch_items')
    .set({ state: 'skipped', detail, finished_at: at })
    .where('batch_id', '=', batchId)
    .where('state', '=', 'waiting')
    .execute();
}

export async function itemCounts(db: Kysely<Database>, batchId: string): Promise<ItemCounts> {
  const counts: ItemCounts = {
    waiting: 0,
    running: 0,
    done: 0,
    failed: 0,
    refused: 0,
    unknown: 0,
    skipped: 0,
  };
  const rows = await db
    .selectFrom('task_batch_items')
    .select((of) => ['state', of.fn.countAll<number>().as('count')])
    .where('batch_id', '=', batchId)
    .groupBy('state')
    .execute();
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}
