import type { Task } from '@cyclorama/shared/environment.ts';

import type { TaskRow } from '../../../store/tasks.ts';
import type { CycleInstance } from '../../../upstream/cycle/types.ts';

/** What is sent to Cycle: the conductor knows no restart. */
export type Phase = 'start' | 'stop';

export function phaseOf({ action, phase }: Pick<TaskRow, 'action' | 'phase'>): Phase {
  return phase ?? (action === 'restart' ? 'stop' : action);
}

export type Observation = {
  state: Extract<Task['state'], 'in-progress' | 'done' | 'failed'>;
  failure: Task['failure'];
} | null;

/** What an instance's state means for a task, by what was sent; states not listed mean nothing yet. */
const MEANING: Record<Phase, ReadonlyMap<string, 'in-progress' | 'done' | 'failed'>> = {
  start: new Map([
    ['starting', 'in-progress'],
    ['running', 'done'],
    ['failed', 'failed'],
  ]),
  stop: new Map([
    ['stopping', 'in-progress'],
    ['stopped', 'done'],
    ['deleting', 'done'],
    ['deleted', 'done'],
    ['failed', 'failed'],
  ]),
};

/**
 * The outcome of a task, read from the instance's state: the conductor answers `{}`, so there is nothing else.
 * `baseline` is when the state before the task began; an unchanged state means nothing yet.
 */
export function observe(
  action: Phase,
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
  const meaning = MEANING[action].get(current);
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
