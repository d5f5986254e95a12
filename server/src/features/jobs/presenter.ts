import type { Job, JobDetail } from '@cyclorama/shared/jobs.ts';

import { isoOf } from '../../lib/clock.ts';
import type { PlatformJob } from '../../upstream/cycle-platform/client.ts';

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/** In lists a job's tasks are dropped, and everywhere their input and output: they may hold secrets. */
export function presentJob(job: PlatformJob): Job {
  return {
    id: job.id,
    caption: job.caption,
    objectId: job.objectId,
    state: job.state,
    error: job.error,
    queuedAt: isoOrNull(job.queuedAt),
    startedAt: isoOrNull(job.startedAt),
    completedAt: isoOrNull(job.completedAt),
    progress: job.progress,
  };
}

export function presentJobDetail(it: PlatformJob): Omit<JobDetail, 'freshness'> {
  return {
    job: presentJob(it),
    scheduledFor: isoOrNull(it.scheduledFor),
    tasks: it.tasks.map(({ id, caption, state, error, startedAt, completedAt, steps }) => ({
      id,
      caption,
      state,
      error,
      startedAt: isoOrNull(startedAt),
      completedAt: isoOrNull(completedAt),
      steps: steps.map((step) => ({
        caption: step.caption,
        startedAt: isoOrNull(step.startedAt),
        completedAt: isoOrNull(step.completedAt),
      })),
    })),
  };
}
