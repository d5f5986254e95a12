import type { EventEnd, NewObjectEvent } from '../../../store/object-events.ts';
import type { TaskRow } from '../../../store/tasks.ts';

const keyOf = ({ id }: TaskRow): string => `task ${id}`;

/** A start and its end are one event. */
export function beginOfAction(row: TaskRow, name: string): NewObjectEvent {
  return {
    natural_key: keyOf(row),
    at: row.requested_at,
    ended_at: null,
    object_kind: 'instance',
    object_id: row.instance_id,
    object_name: name,
    container_id: row.container_id,
    kind: 'action',
    value_before: null,
    value_after: row.action,
    outcome: 'started',
    actor: row.requested_by,
    detail: null,
  };
}

export function endOfAction(row: TaskRow): EventEnd {
  const { state } = row;
  return {
    of: { natural_key: keyOf(row) },
    ended_at: row.finished_at,
    outcome: state === 'done' || state === 'refused' || state === 'failed' ? state : 'changed',
    detail: row.failure_message,
  };
}
