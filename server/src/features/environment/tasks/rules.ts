import type { Task, TaskAction } from '@cyclorama/shared/environment.ts';

import type { CycleInstance } from '../../../upstream/cycle/types.ts';

/** From which states an instance may be started and stopped (Cycle internal API docs, instance states). */
export const ALLOWED_FROM: Record<TaskAction, readonly string[]> = {
  start: ['new', 'stopped', 'failed'],
  stop: ['starting', 'running'],
};

/** `ready_state` is permission to run: only `active` instances may be started and stopped (Cycle instance docs). */
const READY_STATE_REASONS: Record<string, string> = {
  hibernate: 'it is in hibernation and not allowed to run',
  purge: 'it is marked to be deleted',
  configuring: 'the platform is still configuring it',
};

export type Refusal = { code: 'not-allowed-now'; message: string; hint: string };

type Target = Pick<CycleInstance, 'state' | 'readyState' | 'isFunction'>;

/** Why the action can't be asked for now, or null where it can. */
export function refusalOf(action: TaskAction, { state, readyState, isFunction }: Target): Refusal | null {
  const refuse = (reason: string, hint: string): Refusal => ({
    code: 'not-allowed-now',
    message: `The instance can't be ${action === 'start' ? 'started' : 'stopped'}: ${reason}. Nothing was changed.`,
    hint,
  });
  if (isFunction) {
    return refuse(
      "it belongs to a function's pool, which the scheduler starts and stops",
      'Claim an instance of the function to run one, or release the claim to stop it.',
    );
  }
  if (readyState !== 'active') {
    const reason = READY_STATE_REASONS[readyState] ?? `its ready state is "${readyState}"`;
    return refuse(reason, 'Wait until its ready state is active.');
  }
  if (!ALLOWED_FROM[action].includes(state.current)) {
    return refuse(`it is ${state.current}`, `Wait until it is ${ALLOWED_FROM[action].join(', ')}.`);
  }
  return null;
}

export type Observation = {
  state: Extract<Task['state'], 'in-progress' | 'done' | 'failed'>;
  failure: Task['failure'];
} | null;

/** What an instance's state says of a task, by action; states not named say nothing yet. */
const MEANING: Record<TaskAction, Record<string, 'in-progress' | 'done' | 'failed'>> = {
  start: { starting: 'in-progress', running: 'done', failed: 'failed' },
  stop: { stopping: 'in-progress', stopped: 'done', deleting: 'done', deleted: 'done', failed: 'failed' },
};

/**
 * What the instance's state now says of a task: the conductor answers `{}`, so this is all there is to see.
 * `baseline` is when the state the task met had begun: a state that has not changed since says nothing.
 */
export function observe(
  action: TaskAction,
  seenInProgress: boolean,
  instance: Pick<CycleInstance, 'state'> | undefined,
  baseline: string | null,
): Observation {
  if (instance === undefined) {
    if (action === 'stop') return { state: 'done', failure: null };
    return { state: 'failed', failure: { code: 'instance-gone', message: 'The instance was deleted.' } };
  }
  const { current, changed, error } = instance.state;
  if (changed === baseline) return null;
  const meaning = MEANING[action][current];
  if (meaning === 'failed') {
    const why = error === null ? '' : `: ${error}`;
    return { state: 'failed', failure: { code: 'instance-failed', message: `The instance failed${why}.` } };
  }
  if (meaning !== undefined) return { state: meaning, failure: null };
  if (action === 'start' && seenInProgress && (current === 'stopped' || current === 'stopping')) {
    return {
      state: 'failed',
      failure: { code: 'stopped-again', message: 'The instance started and stopped again.' },
    };
  }
  return null;
}
