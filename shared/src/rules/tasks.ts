import type { Role } from '../common.ts';
import type { Task, TaskAction, TaskState } from '../environment.ts';
import type { NodeOf } from '../topology.ts';
import { roleRefusal } from './roles.ts';

type Instance = Pick<NodeOf<'instance'>, 'readyState' | 'isFunction'> & { state: { current: string } };

export const openTaskStates: readonly TaskState[] = ['requested', 'sent', 'unanswered', 'in-progress'];

export function isOpenTask<T extends Pick<Task, 'state'>>(task: T | null): task is T {
  return task !== null && openTaskStates.includes(task.state);
}

/** Cycle internal API docs, instance states. */
const allowedFrom: Record<TaskAction, readonly string[]> = {
  start: ['new', 'stopped', 'failed'],
  stop: ['starting', 'running'],
  restart: ['running', 'failed'],
};
export const doneWords: Record<TaskAction, string> = {
  start: 'started',
  stop: 'stopped',
  restart: 'restarted',
};
const choices = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** `ready_state` is permission to run: only `active` instances may be started and stopped (Cycle instance docs). */
const readyStateReasons: Record<string, string> = {
  hibernate: 'It is hibernating: Cycle starts it by itself when it is needed.',
  purge: 'It is being purged.',
  configuring: 'Cycle is still configuring it.',
};

export function instanceRefusal(
  action: TaskAction,
  { state: { current }, readyState, isFunction }: Instance,
): string | null {
  if (isFunction) return 'It belongs to a function’s pool: claim and release it under Functions.';
  if (readyState !== 'active') {
    return readyStateReasons[readyState] ?? `Its ready state is ${readyState}. Wait until it is active.`;
  }
  const from = allowedFrom[action];
  if (from.includes(current)) return null;
  return `It is ${current}; only an instance that is ${choices.format(from)} can be ${doneWords[action]}.`;
}

export const ownInstanceRefusal =
  'It runs this dashboard, which could not start it again: restart it in Cycle’s portal.';

export function openTaskRefusal(task: Pick<Task, 'state' | 'action'> | null): string | null {
  if (!isOpenTask(task)) return null;
  return task.state === 'unanswered'
    ? `Cycle has not answered whether it is being ${doneWords[task.action]}; the instance is being watched.`
    : `It is already being ${doneWords[task.action]}.`;
}

export function taskRefusal(
  action: TaskAction,
  { instance, task, role }: { instance: Instance; task: Pick<Task, 'state' | 'action'> | null; role: Role },
): string | null {
  return roleRefusal(role, 'operator') ?? instanceRefusal(action, instance) ?? openTaskRefusal(task);
}
