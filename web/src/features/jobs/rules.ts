import type { Job } from '@cyclorama/shared/jobs.ts';

/** Of a job that Cycle no longer works on ("Cycle public API: jobs"). */
const ENDED: readonly string[] = ['completed', 'error', 'expired'];

export const isGoingOn = ({ state }: Pick<Job, 'state'>): boolean => !ENDED.includes(state);

type Times = { startedAt: string | null; completedAt: string | null };

/** A step has times only; of a task that failed, the first that began and did not end is where it did. */
export function stepState({ startedAt, completedAt }: Times, task: { error: string | null }): string {
  if (completedAt !== null) return 'completed';
  if (startedAt === null) return 'pending';
  return task.error === null ? 'in-progress' : 'error';
}
