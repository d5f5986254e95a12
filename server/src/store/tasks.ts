import { taskAction, taskState } from '@cyclorama/shared/environment.ts';
import type { TaskState } from '@cyclorama/shared/environment.ts';
import { openTaskStates } from '@cyclorama/shared/rules/tasks.ts';
import type { Kysely, Selectable, Updateable } from 'kysely';

import type { RequestKey } from '../lib/idempotency.ts';
import { withKnownState } from './known-values.ts';
import { insertRequestKey } from './request-keys.ts';
import type { Database, TaskTable } from './schema.ts';

export type TaskRow = Selectable<TaskTable>;

const known = withKnownState(taskState.options, 'unknown');

/** With the key it was requested with, in the given transaction. */
export async function insertTask(
  db: Kysely<Database>,
  row: TaskRow,
  requestKey: RequestKey | null = null,
): Promise<void> {
  await insertRequestKey(db, requestKey, { outcome: row.id, at: row.requested_at });
  await db.insertInto('tasks').values(row).execute();
}

export async function taskById(db: Kysely<Database>, id: string): Promise<TaskRow | null> {
  const row = await db.selectFrom('tasks').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : known(row);
}

export async function tasksByIds(db: Kysely<Database>, ids: string[]): Promise<TaskRow[]> {
  return (await db.selectFrom('tasks').selectAll().where('id', 'in', ids).execute()).map(known);
}

/** Null where the task is over already or, with `from`, past that phase, so that neither is written twice. */
export async function moveTask(
  db: Kysely<Database>,
  id: string,
  patch: Pick<
    Updateable<TaskTable>,
    'finished_at' | 'failure_code' | 'failure_message' | 'phase' | 'phase_at'
  > & {
    state: TaskState;
  },
  from?: TaskRow['phase'],
): Promise<TaskRow | null> {
  let update = db.updateTable('tasks').set(patch).where('id', '=', id).where('state', 'in', openTaskStates);
  if (from !== undefined) update = update.where('phase', from === null ? 'is' : '=', from);
  return (await update.returningAll().executeTakeFirst()) ?? null;
}

export async function openTasks(db: Kysely<Database>): Promise<TaskRow[]> {
  return db
    .selectFrom('tasks')
    .selectAll()
    .where('state', 'in', openTaskStates)
    .where('action', 'in', taskAction.options)
    .orderBy('requested_at')
    .execute();
}

export async function latestTask(db: Kysely<Database>, instanceId: string): Promise<TaskRow | null> {
  const row = await db
    .selectFrom('tasks')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('action', 'in', taskAction.options)
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : known(row);
}
