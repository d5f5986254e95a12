import type { Task, TaskAction } from '@cyclorama/shared/environment.ts';
import type { NodeOf } from '@cyclorama/shared/topology.ts';

/** What decides whether an instance can be started or stopped now. */
export type ActionContext = {
  instance: Pick<NodeOf<'instance'>, 'state' | 'readyState' | 'isFunction'>;
  /** The signed-in person may change instances (operator or admin). */
  mayAct: boolean;
  task: Task | null;
};

/** States an action can begin in (the conductor's own; "Cycle internal API docs", tasks of an instance). */
const FROM: Record<TaskAction, readonly string[]> = {
  start: ['stopped', 'failed'],
  stop: ['running', 'starting'],
};

/** `ready_state` is permission to run: in these neither start nor stop is carried out upstream. */
const HELD: Record<string, string> = {
  hibernate: 'It is hibernating: Cycle starts it by itself when it is needed.',
  purge: 'It is being purged.',
  configuring: 'Cycle is still configuring it.',
};

const NAMES: Record<TaskAction, string> = { start: 'started', stop: 'stopped' };

/** True while the outcome of a task is still open. */
export const isOpen = (task: Task | null): task is Task =>
  task !== null && ['requested', 'sent', 'in-progress'].includes(task.state);

/** Why the action can't be taken now, in one sentence; undefined where it can. */
export function whyNot(action: TaskAction, { instance, mayAct, task }: ActionContext): string | undefined {
  if (!mayAct) return 'View-only access. Operators can do this.';
  const held = HELD[instance.readyState];
  if (held !== undefined) return held;
  if (instance.isFunction) return 'It belongs to a function’s pool: claim and release it under Functions.';
  if (isOpen(task)) return `It is already being ${NAMES[task.action]}.`;
  const state = instance.state.current;
  if (FROM[action].includes(state)) return undefined;
  return `It is ${state}; only an instance that is ${FROM[action].join(' or ')} can be ${NAMES[action]}.`;
}

/** The newer of two accounts of an instance's tasks; of one and the same task, the one that is further on. */
export function newestTask(a: Task | null, b: Task | null): Task | null {
  if (a === null || b === null) return a ?? b;
  if (a.id !== b.id) return Date.parse(a.requestedAt) >= Date.parse(b.requestedAt) ? a : b;
  const order: Task['state'][] = ['requested', 'sent', 'in-progress', 'unknown', 'failed', 'done'];
  return order.indexOf(a.state) >= order.indexOf(b.state) ? a : b;
}

/** What is to be known before the action, where it can't simply be undone. */
export function warningOf(action: TaskAction, isOwn: boolean): string | undefined {
  return action === 'stop' && isOwn
    ? 'This instance is the dashboard you are looking at. It goes away with it, and only Cycle’s portal can start it again.'
    : undefined;
}
