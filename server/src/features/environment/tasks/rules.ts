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

/** How a task ends of which nothing was seen for `waitMs`; `unsent`: the start of a restart may not have left. */
export function withoutOutcome(
  { row, unsent }: { row: Pick<TaskRow, 'state'>; unsent?: boolean },
  current: string | undefined,
  waitMs: number,
): [state: 'failed' | 'unknown', failure: NonNullable<Task['failure']>] {
  const seconds = Math.round(waitMs / 1000);
  if (unsent === true && current === 'stopped') {
    const message = `It was stopped, but Cycle did not take the start within ${seconds} seconds. It is stopped: start it.`;
    return ['failed', { code: 'not-started-again', message }];
  }
  const silence = row.state === 'unanswered' ? 'Cycle did not answer. ' : '';
  const message = `${silence}No outcome was seen within ${seconds} seconds; the instance is ${current ?? 'gone'}. It may still happen: look at the instance before trying again.`;
  return ['unknown', { code: 'no-outcome', message }];
}
