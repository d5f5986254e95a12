import type { Task } from '@cyclorama/shared/environment.ts';
import type { ServerEvent } from '@cyclorama/shared/events.ts';
import { isOpenTask } from '@cyclorama/shared/rules/tasks.ts';
import type { Kysely } from 'kysely';

import type { RecordActivity } from '../../../lib/activity-note.ts';
import type { Clock } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import type { Logger } from '../../../lib/logger.ts';
import { singleFlight } from '../../../lib/single-flight.ts';
import type { Database } from '../../../store/schema.ts';
import { moveTask, taskById } from '../../../store/tasks.ts';
import type { TaskRow } from '../../../store/tasks.ts';
import type { CycleClient } from '../../../upstream/cycle/client.ts';
import type { CycleInstance } from '../../../upstream/cycle/types.ts';
import { endOfAction } from '../life/actions.ts';
import type { LifeRecorder } from '../life/recorder.ts';
import type { Collector } from '../sync/collector.ts';
import { presentTask, subjectOf } from './presenter.ts';
import { observe, phaseOf, withoutOutcome } from './rules.ts';

/** A task without an outcome ends as `unknown` after this long. */
const UNKNOWN_AFTER_MS = 90_000;
/** Applies when Cycle did not answer: a started action shows within seconds. */
const UNANSWERED_UNKNOWN_AFTER_MS = 20_000;

export type FollowerDeps = {
  client: Pick<CycleClient, 'startInstance' | 'stopInstance'> | null;
  collector: Pick<Collector, 'snapshot' | 'complete' | 'onChange' | 'refreshInstances'>;
  db: Kysely<Database>;
  hub: { publish(event: ServerEvent): void };
  record: RecordActivity;
  clock: Clock;
  logger: Logger;
  life: Pick<LifeRecorder, 'note' | 'end'>;
  unknownAfterMs?: number;
};

/** A state to enter, and why. */
export type Step = [state: Task['state'], failure?: Task['failure']];

export type OpenTask = {
  row: TaskRow;
  baseline: string | null;
  sending: boolean;
  /** What became of the first call, until it is stored. */
  answered?: Step;
  /** The start of a restart may not have left; it is sent while the instance is stopped. */
  unsent?: boolean;
};

/** Follows open tasks to their ends, as seen in the instances. */
export function createTaskFollower(deps: FollowerDeps) {
  const { client, collector, db, hub, record, clock, logger, life } = deps;
  const { unknownAfterMs = UNKNOWN_AFTER_MS } = deps;
  const { snapshot } = collector;
  const open = new Map<string, OpenTask>();
  const starts = new Set<Promise<void>>();

  /** With `toStart`, only one of two processes that follow the same restart goes on: the other learns of it. */
  const move = async (entry: OpenTask, [state, failure = null]: Step, toStart = false): Promise<boolean> => {
    const over = !isOpenTask({ state });
    const { id, phase, phase_at } = entry.row;
    const patch = {
      state,
      ...(toStart ? { phase: 'start' as const, phase_at: clock.now() } : { phase, phase_at }),
      finished_at: over ? clock.now() : null,
      failure_code: failure?.code ?? null,
      failure_message: failure?.message ?? null,
    };
    const moved = await moveTask(db, id, patch, toStart ? phase : undefined);
    if (moved === null) {
      const now = await taskById(db, id);
      if (now === null || !isOpenTask(now)) open.delete(id);
      else entry.row = now;
      return false;
    }
    entry.row = moved;
    if (over) open.delete(moved.id);
    hub.publish({ type: 'task', task: presentTask(moved) });
    if (!over) return true;
    life.end(endOfAction(moved));
    await record({
      actor: moved.requested_by,
      action: `instance.${moved.action}`,
      subject: subjectOf(snapshot, moved),
      outcome: state === 'done' || state === 'failed' || state === 'refused' ? state : 'detected',
      detail: failure?.message ?? null,
    });
    return true;
  };

  const send = async (row: TaskRow): Promise<void> => {
    if (client === null)
      throw new UpstreamError('cycle', 'unconfigured', 'The internal API is not configured.');
    const call = phaseOf(row) === 'start' ? client.startInstance : client.stopInstance;
    await call(row.instance_id, row.container_id);
  };

  /** The second half of a restart. Whatever became of the call is seen in the instance. */
  const sendStart = async (entry: OpenTask): Promise<void> => {
    entry.sending = true;
    entry.unsent = false;
    try {
      await send(entry.row);
    } catch (error) {
      entry.unsent = error instanceof UpstreamError && error.certainlyNotDone;
      logger.warn({ err: error, task: entry.row.id }, 'the start of a restart was not answered');
    } finally {
      entry.sending = false;
    }
  };

  /** Beside the round, as Cycle may take long to answer and others are followed meanwhile. */
  const beginStart = (entry: OpenTask): void => {
    const start = sendStart(entry).finally(() => starts.delete(start));
    starts.add(start);
  };

  const startAfterStop = async (entry: OpenTask, instance: CycleInstance | undefined): Promise<void> => {
    if (instance?.state.current !== 'stopped') {
      const message = 'The instance was deleted while it was stopped.';
      await move(entry, ['failed', { code: 'instance-gone', message }]);
      return;
    }
    const isOurs = await move(entry, ['in-progress'], true);
    entry.baseline = instance.state.changed;
    if (isOurs) beginStart(entry);
  };

  const follow = async (entry: OpenTask): Promise<void> => {
    if (entry.answered !== undefined) {
      await move(entry, entry.answered);
      delete entry.answered;
      return;
    }
    const { row } = entry;
    const phase = phaseOf(row);
    const instance = snapshot.instances.get(row.instance_id);
    const isStopOfRestart = row.action === 'restart' && phase === 'stop';
    const seen = observe(phase, row.state === 'in-progress', instance, entry.baseline);
    if (isStopOfRestart && seen?.state === 'done') return await startAfterStop(entry, instance);
    if (seen !== null && seen.state !== row.state)
      return void (await move(entry, [seen.state, seen.failure]));
    if (entry.unsent === true && instance?.state.current === 'stopped') beginStart(entry);
    const unanswered = row.state === 'unanswered';
    const waitMs = unanswered ? Math.min(unknownAfterMs, UNANSWERED_UNKNOWN_AFTER_MS) : unknownAfterMs;
    if (clock.now() - (row.phase_at ?? row.requested_at) < waitMs) return;
    await move(entry, withoutOutcome(entry, instance?.state.current, waitMs));
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

  return {
    open,
    move,
    send,
    changed,
    /** The container of each open task is also read, as its notification may be lost. */
    tick(): void {
      for (const { row } of open.values()) collector.refreshInstances(row.container_id);
      changed();
    },
    async settled(): Promise<void> {
      await rounds.settled();
      await Promise.all(starts);
    },
  };
}
