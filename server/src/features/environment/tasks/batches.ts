import type {
  TaskAction,
  TaskBatch,
  taskBatchDetail,
  taskBatchRequest,
} from '@cyclorama/shared/environment.ts';
import type { ServerEvent } from '@cyclorama/shared/events.ts';
import { doneWords } from '@cyclorama/shared/rules/tasks.ts';
import type { z } from 'zod';

import { isoOf } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { RequestKey } from '../../../lib/idempotency.ts';
import { LEASE_MS } from '../../../store/leases.ts';
import type { ChangeOnRecord } from '../../../store/on-record.ts';
import {
  insertTaskBatch,
  itemCounts,
  itemsForReport,
  listTaskBatches,
  markTaskBatchStopping,
  taskBatchById,
} from '../../../store/task-batches.ts';
import type { ItemCounts, TaskBatchRow } from '../../../store/task-batches.ts';
import type { CycleInstance } from '../../../upstream/cycle/types.ts';
import type { Snapshot } from '../sync/snapshot.ts';
import { instanceName } from '../topology/presenter.ts';
import { createBatchWalker } from './batch-walker.ts';
import type { WalkerDeps } from './batch-walker.ts';

const LISTED = 50;
const REPORTED = 500;

type Deps = Omit<WalkerDeps, 'publish'> & {
  snapshot: Snapshot;
  hub: { publish(event: ServerEvent): void };
  changeOnRecord: ChangeOnRecord;
  newId: () => string;
  /** Of containers, the instances that need attention and allow the action. */
  inNeed: (containerIds: readonly string[], action: TaskAction) => CycleInstance[];
};

type Report = z.infer<typeof taskBatchDetail>;
type Body = z.output<typeof taskBatchRequest>;

function noneOf({ action, instances, onlyInNeed }: Body): string {
  if (instances !== undefined) return 'None of these instances exists.';
  return onlyInNeed
    ? `It has no instance that needs attention and can be ${doneWords[action]}.`
    : 'These containers have no instances.';
}

/** One action on many instances, walked by the server, so that it goes on without the page. */
export function createTaskBatches(deps: Deps) {
  const { db, snapshot, hub, changeOnRecord, clock, newId, processId, inNeed } = deps;
  const publish = async (row: TaskBatchRow): Promise<void> => {
    hub.publish({ type: 'task-batch', batch: presentTaskBatch(row, await itemCounts(db, row.id)) });
  };
  const walker = createBatchWalker({ ...deps, publish });

  const existing = async (id: string): Promise<TaskBatchRow> => {
    const row = await taskBatchById(db, id);
    if (row !== null) return row;
    throw new AppError('not-found', 'There is no batch with this id.');
  };
  const detail = async (id: string): Promise<Report> => {
    const row = await existing(id);
    const items = await itemsForReport(db, id, REPORTED);
    return {
      ...presentTaskBatch(row, await itemCounts(db, id)),
      items: items.map((item) => ({
        instanceId: item.instance_id,
        name: item.instance_name,
        state: item.state,
        detail: item.detail,
      })),
    };
  };
  const noteOf = (row: TaskBatchRow, actor: string, action: string, text: string) => {
    const subject = { kind: 'task-batch', id: row.id, name: `${row.action} of many` };
    return { actor, action, subject, outcome: 'started' as const, detail: text };
  };

  const targetsOf = ({ action, instances, containers, onlyInNeed }: Body): CycleInstance[] => {
    if ((instances === undefined) === (containers === undefined))
      throw new AppError('invalid-request', 'Send either `instances` or `containers`. Nothing was changed.');
    const of = new Set((instances ?? containers)?.split(','));
    if (containers !== undefined && onlyInNeed) return inNeed([...of], action);
    if (instances !== undefined) return [...of].flatMap((id) => snapshot.instances.get(id) ?? []);
    return [...snapshot.instances.values()].filter(({ containerId }) => of.has(containerId));
  };

  return {
    async create(body: Body, actor: string, requestKey: RequestKey | null): Promise<Report> {
      const found = targetsOf(body);
      if (found.length === 0) throw new AppError('not-found', `${noneOf(body)} Nothing was changed.`);
      const row: TaskBatchRow = {
        id: newId(),
        action: body.action,
        requested_by: actor,
        requested_at: clock.now(),
        state: 'running',
        concurrency: body.concurrency,
        stop_after_failures: body.stopAfterFailures,
        finished_at: null,
        runner: processId,
        lease_until: clock.now() + LEASE_MS,
      };
      const items = found.map((instance, position) => ({
        batch_id: row.id,
        position,
        instance_id: instance.id,
        instance_name: instanceName(instance),
        state: 'waiting' as const,
        detail: null,
        finished_at: null,
      }));
      const text = `${found.length} instances, ${row.concurrency} at a time.`;
      await changeOnRecord(async (within, note) => {
        await insertTaskBatch(within, row, items, requestKey);
        note(noteOf(row, actor, `instances.${row.action}`, text));
      });
      walker.hold(row.id);
      return await detail(row.id);
    },

    detail,

    async list(): Promise<{ batches: TaskBatch[] }> {
      const rows = await listTaskBatches(db, LISTED);
      const batches = rows.map(async (row) => presentTaskBatch(row, await itemCounts(db, row.id)));
      return { batches: await Promise.all(batches) };
    },

    /** Those at work end; no other begins. */
    async stop(id: string, actor: string): Promise<Report> {
      const row = await existing(id);
      await changeOnRecord(async (within, note) => {
        if (await markTaskBatchStopping(within, id))
          note(noteOf(row, actor, 'instances.stop-batch', 'Those at work end; no other begins.'));
      });
      walker.wake(id);
      return await detail(id);
    },

    async reread(ids: string[]): Promise<TaskBatch[]> {
      const rows = await Promise.all(ids.map((id) => taskBatchById(db, id)));
      const known = rows.filter((row) => row !== null);
      return await Promise.all(known.map(async (row) => presentTaskBatch(row, await itemCounts(db, row.id))));
    },

    start: () => walker.start(),
    close: () => walker.close(),
  };
}

function presentTaskBatch(row: TaskBatchRow, counts: ItemCounts): TaskBatch {
  return {
    id: row.id,
    action: row.action,
    requestedBy: row.requested_by,
    requestedAt: isoOf(row.requested_at),
    state: row.state,
    concurrency: row.concurrency,
    stopAfterFailures: row.stop_after_failures,
    finishedAt: row.finished_at === null ? null : isoOf(row.finished_at),
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
  };
}
