import type { Task, TaskAction } from '@cyclorama/shared/environment.ts';
import { instanceRefusal, openTaskRefusal, ownInstanceRefusal } from '@cyclorama/shared/rules/tasks.ts';

import { AppError, UpstreamError } from '../../../lib/errors.ts';
import type { RequestKey } from '../../../lib/idempotency.ts';
import type { ChangeOnRecord } from '../../../store/on-record.ts';
import { insertTask, latestTask, openTasks, taskById, tasksByIds } from '../../../store/tasks.ts';
import type { TaskRow } from '../../../store/tasks.ts';
import type { CycleInstance } from '../../../upstream/cycle/types.ts';
import { beginOfAction } from '../life/actions.ts';
import { instanceName } from '../topology/presenter.ts';
import { createTaskFollower } from './follower.ts';
import type { FollowerDeps, OpenTask, Step } from './follower.ts';
import { newTaskRow, presentTask, subjectOf } from './presenter.ts';

const POLL_MS = 2_000;
/** How often it is looked for tasks that nobody follows any more, and how long none of their steps was taken. */
const ABANDONED_LOOK_MS = 10_000;
const ABANDONED_AFTER_MS = 30_000;

export type TasksService = {
  /** The outcome follows as `task` events. Throws AppError, UpstreamError. */
  request(instanceId: string, action: TaskAction, actor: string, options?: TaskOptions): Promise<Task>;
  /** Follows what another process left. */
  adopt(rows: readonly TaskRow[]): void;
  /** @throws AppError `not-found` */
  task(id: string): Promise<Task>;
  latest(instanceId: string): Promise<Task | null>;
  reread(ids: string[]): Promise<Task[]>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

type Deps = FollowerDeps & {
  changeOnRecord: ChangeOnRecord;
  newId: () => string;
  isOwn: (instance: CycleInstance) => boolean;
  pollMs?: number;
  /** Who takes on the tasks of a process that is gone; absent: nobody shares the store. */
  leader?: { isLeader(): boolean };
};

export type TaskOptions = { requestKey?: RequestKey | null; batchId?: string; id?: string };

export function createTasksService(deps: Deps): TasksService {
  const { collector, db, hub, record, changeOnRecord, clock, logger, newId, life, isOwn } = deps;
  const { pollMs = POLL_MS } = deps;
  const { snapshot } = collector;
  const follower = createTaskFollower(deps);
  const { open } = follower;
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe: (() => void) | undefined;
  let looking: NodeJS.Timeout | undefined;

  const allowed = async (
    instanceId: string,
    action: TaskAction,
    actor: string,
    isOneOfMany: boolean,
  ): Promise<CycleInstance> => {
    const instance = snapshot.instances.get(instanceId);
    if (instance === undefined)
      throw new AppError('not-found', 'There is no such instance in this environment. Nothing was changed.');
    const own = isOwn(instance) && (action === 'restart' || (action === 'stop' && isOneOfMany));
    const reason = own ? ownInstanceRefusal : instanceRefusal(action, instance);
    if (reason !== null) {
      const subject = { kind: 'instance', id: instanceId, name: instanceName(instance) };
      await record({
        actor,
        action: `instance.${action}`,
        subject,
        outcome: 'refused',
        detail: reason,
      });
      throw new AppError('not-allowed-now', reason, { hint: 'Nothing was changed.' });
    }
    const current = [...open.values()].find(({ row }) => row.instance_id === instanceId);
    const busy = openTaskRefusal(current?.row ?? null);
    if (busy !== null) {
      const hint = 'Nothing was changed. Wait for its outcome, which the instance shows.';
      throw new AppError('conflict', busy, { hint });
    }
    return instance;
  };

  const insert = async (row: TaskRow, requestKey: RequestKey | null): Promise<void> => {
    const { requested_by: actor, action } = row;
    await changeOnRecord(async (within, note) => {
      await insertTask(within, row, requestKey);
      note({ actor, action: `instance.${action}`, subject: subjectOf(snapshot, row), outcome: 'started' });
    });
    hub.publish({ type: 'task', task: presentTask(row) });
    life.note(beginOfAction(row, subjectOf(snapshot, row).name));
  };

  /** What became of the call; the error where certainly nothing was done. */
  const send = async (row: TaskRow): Promise<{ step: Step; refusal?: UpstreamError }> => {
    try {
      await follower.send(row);
      return { step: ['sent'] };
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (!error.certainlyNotDone) {
        // It may have been done: the instance's state will show.
        logger.warn({ task: row.id, fault: error.fault }, 'a task was not answered; following the instance');
        return { step: ['unanswered'] };
      }
      const message = error.detail.neverSent === true ? `Not sent. ${error.message}` : error.message;
      return { step: ['refused', { code: `upstream-${error.fault}`, message }], refusal: error };
    }
  };

  const request: TasksService['request'] = async (instanceId, action, actor, options = {}) => {
    const { requestKey = null, batchId = null, id = newId() } = options;
    const instance = await allowed(instanceId, action, actor, batchId !== null);
    const row = newTaskRow(id, instance, action, actor, clock.now(), batchId);
    const entry: OpenTask = { row, baseline: instance.state.changed, sending: true };
    open.set(row.id, entry);
    try {
      await insert(row, requestKey);
    } catch (error) {
      open.delete(row.id);
      throw error;
    }
    try {
      const { step, refusal } = await send(row);
      entry.answered = step;
      await follower.move(entry, step);
      delete entry.answered;
      if (refusal !== undefined) throw refusal;
    } finally {
      // Where the store failed meanwhile, the follower stores the answer and goes on.
      entry.sending = false;
    }
    collector.refreshInstances(row.container_id);
    return presentTask(entry.row);
  };

  /** The baseline is not stored: after a restart it is the present state, if that began before the request. */
  const baselineAfterRestart = (row: TaskRow): string | null => {
    const instance = snapshot.instances.get(row.instance_id);
    const changed = instance?.state.changed ?? null;
    return changed !== null && Date.parse(changed) < (row.phase_at ?? row.requested_at) ? changed : null;
  };

  const adopt = (rows: readonly TaskRow[]): void => {
    for (const row of rows) {
      if (open.has(row.id)) continue;
      const unsent = row.action === 'restart' && row.phase === 'start';
      open.set(row.id, { row, baseline: baselineAfterRestart(row), sending: false, unsent });
    }
  };

  const adoptAbandoned = async (): Promise<void> => {
    if (deps.leader?.isLeader() !== true) return;
    const before = clock.now() - ABANDONED_AFTER_MS;
    adopt((await openTasks(db)).filter((row) => (row.phase_at ?? row.requested_at) < before));
  };

  return {
    request,
    adopt,
    async task(id) {
      const row = await taskById(db, id);
      if (row === null) throw new AppError('not-found', 'There is no task with this id.');
      return presentTask(row);
    },
    async latest(instanceId) {
      const row = await latestTask(db, instanceId);
      return row === null ? null : presentTask(row);
    },
    reread: async (ids) => (await tasksByIds(db, ids)).map(presentTask),
    async start() {
      adopt(await openTasks(db));
      unsubscribe = collector.onChange((change) => {
        if (change === null || change.part === 'instances') follower.changed();
      });
      timer = setInterval(() => follower.tick(), pollMs);
      looking = setInterval(() => {
        adoptAbandoned().catch((error: unknown) =>
          logger.warn({ err: error }, 'open tasks could not be read'),
        );
      }, ABANDONED_LOOK_MS);
    },
    async stop() {
      unsubscribe?.();
      clearInterval(timer);
      clearInterval(looking);
      await follower.settled();
    },
  };
}
