import type { Job } from '@cyclorama/shared/jobs.ts';
import type { TimelineOutcome } from '@cyclorama/shared/timeline-filters.ts';
import type { TimelineQuery } from '@cyclorama/shared/timeline.ts';

/** Epoch milliseconds of the last thing known of it. */
export function jobAt({ completedAt, startedAt, queuedAt }: Job): number | null {
  const time = completedAt ?? startedAt ?? queuedAt;
  return time === null ? null : Date.parse(time);
}

/** Cycle's job states ("Cycle public API: jobs"); one that is not known is neither good nor bad. */
const OUTCOMES: Readonly<Record<string, TimelineOutcome>> = {
  new: 'started',
  scheduled: 'started',
  queued: 'started',
  running: 'started',
  completed: 'done',
  error: 'failed',
  expired: 'failed',
};

const jobOutcome = ({ state }: Job): TimelineOutcome => OUTCOMES[state] ?? 'changed';

export function matchesJob(job: Job, at: number, query: TimelineQuery): boolean {
  const { from, to, subject, outcome } = query;
  if (from !== undefined && at < Date.parse(from)) return false;
  if (to !== undefined && at >= Date.parse(to)) return false;
  if (subject !== undefined && job.objectId !== subject) return false;
  return outcome === undefined || jobOutcome(job) === outcome;
}
