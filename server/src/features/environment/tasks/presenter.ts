import type { Task, TaskAction } from '@cyclorama/shared/environment.ts';

import { isoOf } from '../../../lib/clock.ts';
import type { TaskRow } from '../../../store/tasks.ts';
import type { CycleInstance } from '../../../upstream/cycle/types.ts';
import type { Snapshot } from '../sync/snapshot.ts';
import { instanceName } from '../topology/presenter.ts';

export function newTaskRow(
  id: string,
  instance: CycleInstance,
  action: TaskAction,
  actor: string,
  now: number,
  batchId: string | null,
): TaskRow {
  return {
    id,
    instance_id: instance.id,
    container_id: instance.containerId,
    action,
    requested_by: actor,
    requested_at: now,
    state: 'requested',
    finished_at: null,
    failure_code: null,
    failure_message: null,
    phase: action === 'restart' ? (instance.state.current === 'failed' ? 'start' : 'stop') : action,
    phase_at: now,
    batch_id: batchId,
  };
}

export function subjectOf({ instances }: Pick<Snapshot, 'instances'>, { instance_id: id }: TaskRow) {
  const instance = instances.get(id);
  return { kind: 'instance', id, name: instance ? instanceName(instance) : id };
}

export function presentTask(row: TaskRow): Task {
  return {
    id: row.id,
    instanceId: row.instance_id,
    containerId: row.container_id,
    action: row.action,
    requestedBy: row.requested_by,
    requestedAt: isoOf(row.requested_at),
    state: row.state,
    finishedAt: row.finished_at === null ? null : isoOf(row.finished_at),
    failure:
      row.failure_code === null ? null : { code: row.failure_code, message: row.failure_message ?? '' },
  };
}
