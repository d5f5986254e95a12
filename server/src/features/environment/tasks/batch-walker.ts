import { openTaskStates } from '@cyclorama/shared/rules/tasks.ts';
import type { Kysely } from 'kysely';

import type { RecordActivity } from '../../../lib/activity-note.ts';
import type { Clock } from '../../../lib/clock.ts';
import { AppError, UpstreamError } from '../../../lib/errors.ts';
import type { Logger } from '../../../lib/logger.ts';
import { singleFlight } from '../../../lib/single-flight.ts';
import type { SingleFlight } from '../../../lib/single-flight.ts';
import { ABANDONED_POLL_MS, LEASE_MS } from '../../../store/leases.ts';
import type { Database } from '../../../store/schema.ts';
import {
  itemCounts,
  itemsIn,
  saveTaskBatch,
  setItem,
  skipWaiting,
  takeItem,
  takeTaskBatches,
  taskBatchById,
} from '../../../store/task-batches.ts';
import type { TaskBatchItemRow, TaskBatchRow } from '../../../store/task-batches.ts';
import { openTasks, taskById } from '../../../store/tasks.ts';
import type { TaskRow } from '../../../store/tasks.ts';
import type { TasksService } from './service.ts';

const TICK_MS = 500;

export type WalkerDeps = {
  db: Kysely<Database>;
  tasks: TasksService;
  record: RecordActivity;
  clock: Clock;
  logger: Logger;
  processId: string;
  singleProcess: boolean;
  publish: (row: TaskBatchRow) => Promise<void>;
  tickMs?: number;
};

/** The task of an item has an id that follows from it, so that one of which nothing was heard is found again. */
const taskIdOf = ({ batch_id, position }: TaskBatchItemRow): string => `${batch_id}-${position}`;

/** Walks the batches this process holds: each step is stored before it is taken. */
export function createBatchWalker(deps: WalkerDeps) {
  const { db, tasks, record, clock, logger, processId, singleProcess, publish, tickMs = TICK_MS } = deps;
  /** Each batch goes on for itself, however long another waits for an answer. */
  const held = new Map<string, SingleFlight>();
  let timer: NodeJS.Timeout | undefined;
  let lookedAt = 0;

  const end = async (item: TaskBatchItemRow, state: TaskBatchItemRow['state'], detail: string | null) =>
    await setItem(db, item, { state, detail, finished_at: clock.now() });

  /** What became of the items at work. Returns how many still are. */
  const collect = async (batch: TaskBatchRow): Promise<number> => {
    let atWork = 0;
    for (const item of await itemsIn(db, batch.id, 'running', batch.concurrency)) {
      const task = await taskById(db, taskIdOf(item));
      if (task === null) await setItem(db, item, { state: 'waiting' });
      else if (openTaskStates.includes(task.state)) atWork += 1;
      else await end(item, outcomeOf(task), task.failure_message);
    }
    return atWork;
  };

  const begin = async (batch: TaskBatchRow, item: TaskBatchItemRow): Promise<void> => {
    if (!(await takeItem(db, item))) return;
    const options = { id: taskIdOf(item), batchId: batch.id };
    try {
      await tasks.request(item.instance_id, batch.action, batch.requested_by, options);
    } catch (error) {
      if (!(error instanceof AppError) && !(error instanceof UpstreamError)) throw error;
      // The store failing says nothing about the item: it is tried again.
      if (error instanceof AppError && error.code === 'store-unavailable') throw error;
      await end(item, 'refused', error.message);
    }
  };

  const finish = async (batch: TaskBatchRow): Promise<true> => {
    const row = await saveTaskBatch(db, batch.id, processId, { state: 'ended', finished_at: clock.now() });
    if (row === null) return true;
    const { done, failed, refused, unknown, skipped } = await itemCounts(db, batch.id);
    const bad = failed + refused + unknown;
    await record({
      actor: row.requested_by,
      action: `instances.${row.action}`,
      subject: { kind: 'task-batch', id: row.id, name: `${row.action} of many` },
      outcome: bad > 0 ? 'failed' : 'done',
      detail: `${done} done, ${bad} failed, ${skipped} not tried.`,
    });
    await publish(row);
    return true;
  };

  /** True once the batch is over, or lost to another process. */
  const step = async (id: string): Promise<boolean> => {
    const row = await saveTaskBatch(db, id, processId, { lease_until: clock.now() + LEASE_MS });
    if (row === null) return true;
    const atWork = await collect(row);
    const { failed, refused, unknown, waiting } = await itemCounts(db, row.id);
    const bad = failed + refused + unknown;
    const isEnough = row.stop_after_failures !== null && bad >= row.stop_after_failures;
    if (row.state === 'stopping' || isEnough) {
      const why = isEnough
        ? `Not tried, as ${bad} before it failed.`
        : 'Not tried, as the batch was stopped.';
      await skipWaiting(db, row.id, why, clock.now());
      if (atWork === 0) return await finish(row);
    } else {
      const free = await itemsIn(db, row.id, 'waiting', Math.max(0, row.concurrency - atWork));
      // At once: one by one, calls that are not answered would outlast the lease.
      await Promise.all(free.map((item) => begin(row, item)));
      if (waiting === 0 && atWork === 0) return await finish(row);
    }
    const now = await taskBatchById(db, row.id);
    if (now !== null) await publish(now);
    return false;
  };

  const hold = (id: string): SingleFlight => {
    const walk = async (): Promise<void> => {
      if (await step(id)) held.delete(id);
    };
    const flight =
      held.get(id) ??
      singleFlight(walk, (error) => logger.error({ err: error, id }, 'a batch of tasks could not go on'));
    held.set(id, flight);
    return flight;
  };

  const take = async (anyRunner: boolean): Promise<void> => {
    const now = clock.now();
    lookedAt = now;
    const taken = await takeTaskBatches(db, { runner: processId, until: now + LEASE_MS, now, anyRunner });
    if (taken.length === 0) return;
    tasks.adopt((await openTasks(db)).filter(({ batch_id: id }) => taken.some((row) => row.id === id)));
    for (const { id } of taken) hold(id);
  };

  const round = async (): Promise<void> => {
    if (!singleProcess && clock.now() - lookedAt > ABANDONED_POLL_MS) await take(false);
    for (const walk of held.values()) void walk.run();
  };
  const rounds = singleFlight(round, (error) =>
    logger.error({ err: error }, 'abandoned batches of tasks could not be looked for'),
  );

  return {
    hold: (id: string): void => void hold(id).again(),
    wake: (id: string): void => void held.get(id)?.again(),
    async start(): Promise<void> {
      await take(singleProcess);
      timer = setInterval(() => void rounds.run(), tickMs);
    },
    async close(): Promise<void> {
      clearInterval(timer);
      await rounds.settled();
      await Promise.all([...held.values()].map((walk) => walk.settled()));
    },
  };
}

function outcomeOf({ state }: TaskRow): TaskBatchItemRow['state'] {
  return state === 'done' || state === 'failed' || state === 'refused' ? state : 'unknown';
}
