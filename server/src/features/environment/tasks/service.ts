import type { Task, TaskAction } from '@cyclorama/shared/environment.ts';
import type { ServerEvent } from '@cyclorama/shared/events.ts';
import {
  instanceRefusal,
  isOpenTask,
  openTaskRefusal,
  ownInstanceRefusal,
} from '@cyclorama/shared/rules/tasks.ts';
import type { Kysely } from 'kysely';

import type { RecordActivity } from '../../../lib/activity-note.ts';
import type { Clock } from '../../../lib/clock.ts';
import { AppError, UpstreamError } from '../../../lib/errors.ts';
import type { RequestKey } from '../../../lib/idempotency.ts';
import type { Logger } from '../../../lib/logger.ts';
import { singleFlight } from '../../../lib/single-flight.ts';
import type { ChangeOnRecord } from '../../../store/on-record.ts';
import type { Database } from '../../../store/schema.ts';
import { insertTask, latestTask, moveTask, openTasks, taskById } from '../../../store/tasks.ts';
import type { TaskRow } from '../../../store/tasks.ts';
import type { CycleClient } from '../../../upstream/cycle/client.ts';
import type { CycleInstance } from '../../../upstream/cycle/types.ts';
import { beginOfAction, endOfAction } from '../life/actions.ts';
import type { LifeRecorder } from '../life/recorder.ts';
import type { Collector } from '../sync/collector.ts';
import { instanceName } from '../topology/presenter.ts';
import { newTaskRow, presentTask } from './presenter.ts';
import { observe, phaseOf, withoutOutcome } from './rules.ts';

/** A task without an outcome ends as `unknown` after this long. */
const UNKNOWN_AFTER_MS = 90_000;
/** Applies when Cycle did not answer: a started action shows within seconds. */
const UNANSWERED_UNKNOWN_AFTER_MS = 20_000;
/** An open task's container is also polled, as its notification may be lost. */
const POLL_MS = 2_000;

export type TasksService = {
  /** The outcome follows as `task` events. Throws AppError, UpstreamError. */
  request(instanceId: string, action: TaskAction, actor: string, options?: TaskOptions): Promise<Task>;
  /** Follows what another process left. */
  adopt(rows: readonly TaskRow[]): void;
  /** @throws AppError `not-found` */
  task(id: string): Promise<Task>;
  latest(instanceId: string): Promise<Task | null>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

type Deps = {
  client: Pick<CycleClient, 'startInstance' | 'stopInstance'> | null;
  collector: Pick<Collector, 'snapshot' | 'complete' | 'onChange' | 'refreshInstances'>;
  db: Kysely<Database>;
  hub: { publish(event: ServerEvent): void };
  record: RecordActivity;
  changeOnRecord: ChangeOnRecord;
  clock: Clock;
  logger: Logger;
  newId: () => string;
  life: Pick<LifeRecorder, 'note' | 'end'>;
  isOwn: (instance: CycleInstance) => boolean;
  unknownAfterMs?: number;
  pollMs?: number;
};

type Open = {
  row: TaskRow;
  baseline: string | null;
  sending: boolean;
  /** The start of a restart may not have left; it is sent while the instance is stopped. */
  unsent?: boolean;
};

export type TaskOptions = { requestKey?: RequestKey | null; batchId?: string; id?: string };

export function createTasksService(deps: Deps): TasksService {
  const { client, collector, db, hub, record, changeOnRecord, clock, logger, newId, life, isOwn } = deps;
  const { unknownAfterMs = UNKNOWN_AFTER_MS, pollMs = POLL_MS } = deps;
  const { snapshot } = collector;
  const open = new Map<string, Open>();
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe: (() => void) | undefined;

  const subjectOf = (row: TaskRow) => {
    const instance = snapshot.instances.get(row.instance_id);
    return {
      kind: 'instance',
      id: row.instance_id,
      name: instance ? instanceName(instance) : row.instance_id,
    };
  };

  const move = async (entry: Open, state: Task['state'], failure: Task['failure'] = null): Promise<void> => {
    const over = !isOpenTask({ state });
    const moved = await moveTask(db, entry.row.id, {
      state,
      phase: entry.row.phase,
      phase_at: entry.row.phase_at,
      finished_at: over ? clock.now() : null,
      failure_code: failure?.code ?? null,
      failure_message: failure?.message ?? null,
    });
    if (moved === null) {
      open.delete(entry.row.id);
      return;
    }
    entry.row = moved;
    if (over) open.delete(moved.id);
    hub.publish({ type: 'task', task: presentTask(moved) });
    if (!over) return;
    const outcome = state === 'done' || state === 'failed' || state === 'refused' ? state : 'detected';
    life.end(endOfAction(moved));
    const action = `instance.${moved.action}`;
    await record({
      actor: moved.requested_by,
      action,
      subject: subjectOf(moved),
      outcome,
      detail: failure?.message ?? null,
    });
  };

  /** The second half of a restart. Whatever became of the call is seen in the instance. */
  const sendStart = async (entry: Open): Promise<void> => {
    entry.sending = true;
    entry.unsent = false;
    try {
      await send(entry.row);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      entry.unsent = error.certainlyNotDone;
      logger.warn({ task: entry.row.id, fault: error.fault }, 'the start of a restart was not answered');
    } finally {
      entry.sending = false;
    }
  };

  const startAfterStop = async (entry: Open, instance: CycleInstance | undefined): Promise<void> => {
    if (instance?.state.current !== 'stopped') {
      const failure = { code: 'instance-gone', message: 'The instance was deleted while it was stopped.' };
      return await move(entry, 'failed', failure);
    }
    entry.baseline = instance.state.changed;
    entry.row = { ...entry.row, phase: 'start', phase_at: clock.now() };
    await move(entry, 'in-progress');
    await sendStart(entry);
  };

  const follow = async (entry: Open): Promise<void> => {
    const { row } = entry;
    const phase = phaseOf(row);
    const instance = snapshot.instances.get(row.instance_id);
    const isStopOfRestart = row.action === 'restart' && phase === 'stop';
    const seen = observe(phase, row.state === 'in-progress', instance, entry.baseline);
    if (isStopOfRestart && seen?.state === 'done') return await startAfterStop(entry, instance);
    if (seen !== null && seen.state !== row.state) return await move(entry, seen.state, seen.failure);
    if (entry.unsent === true && instance?.state.current === 'stopped') await sendStart(entry);
    const unanswered = row.state === 'unanswered';
    const waitMs = unanswered ? Math.min(unknownAfterMs, UNANSWERED_UNKNOWN_AFTER_MS) : unknownAfterMs;
    if (clock.now() - (row.phase_at ?? row.requested_at) < waitMs) return;
    await move(entry, ...withoutOutcome(entry, instance?.state.current, waitMs));
  };

  const followAll = async (): Promise<void> => {
    for (const entry of open.values()) {
      if (entry.sending) continue;
      try {
        await follow(entry);
      } catch (error) {
        logger.error({ err: error, task: entry.row.id }, 'a task could not be followed');
      }
    }
  };
  /** Single flight, so that a task's steps are written in order. */
  const rounds = singleFlight(followAll, (error) =>
    logger.error({ err: error }, 'tasks could not be followed'),
  );
  const changed = (): void => {
    if (collector.complete && open.size > 0) void rounds.again();
  };

  const tick = (): void => {
    for (const { row } of open.values()) collector.refreshInstances(row.container_id);
    changed();
  };

  const send = async (row: TaskRow): Promise<void> => {
    if (client === null)
      throw new UpstreamError('cycle', 'unconfigured', 'The internal API is not configured.');
    const call = phaseOf(row) === 'start' ? client.startInstance : client.stopInstance;
    await call(row.instance_id, row.container_id);
  };

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

  const request: TasksService['request'] = async (instanceId, action, actor, options = {}) => {
    const { requestKey = null, batchId = null, id = newId() } = options;
    const instance = await allowed(instanceId, action, actor, batchId !== null);
    const row = newTaskRow(id, instance, action, actor, clock.now(), batchId);
    const entry: Open = { row, baseline: instance.state.changed, sending: true };
    open.set(row.id, entry);
    let state: Task['state'] = 'sent';
    try {
      await changeOnRecord(async (within, note) => {
        await insertTask(within, row, requestKey);
        note({ actor, action: `instance.${action}`, subject: subjectOf(row), outcome: 'started' });
      });
      hub.publish({ type: 'task', task: presentTask(row) });
      life.note(beginOfAction(row, subjectOf(row).name));
      await send(row);
    } catch (error) {
      if (!(error instanceof UpstreamError)) {
        open.delete(row.id);
        throw error;
      }
      if (error.certainlyNotDone) {
        const message = error.detail.neverSent === true ? `Not sent. ${error.message}` : error.message;
        await move(entry, 'refused', { code: `upstream-${error.fault}`, message });
        throw error;
      }
      // Unanswered, so it may have been done: the instance's state will show.
      logger.warn({ task: row.id, fault: error.fault }, 'a task was not answered; following the instance');
      state = 'unanswered';
    }
    await move(entry, state);
    entry.sending = false;
    collector.refreshInstances(row.container_id);
    return presentTask(entry.row);
  };

  const adopt = (rows: readonly TaskRow[]): void => {
    for (const row of rows) {
      if (open.has(row.id)) continue;
      const unsent = row.action === 'restart' && row.phase === 'start';
      open.set(row.id, { row, baseline: baselineAfterRestart(row), sending: false, unsent });
    }
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
    async start() {
      adopt(await openTasks(db));
      unsubscribe = collector.onChange((change) => {
        if (change === null || change.part === 'instances') changed();
      });
      timer = setInterval(tick, pollMs);
    },
    async stop() {
      unsubscribe?.();
      clearInterval(timer);
      await rounds.settled();
    },
  };

  /** The baseline is not stored: after a restart it is the present state, if that began before the request. */
  function baselineAfterRestart(row: TaskRow): string | null {
    const instance = snapshot.instances.get(row.instance_id);
    const changed = instance?.state.changed ?? null;
    return changed !== null && Date.parse(changed) < (row.phase_at ?? row.requested_at) ? changed : null;
  }
}
