import type { Job } from '@cyclorama/shared/jobs.ts';

import { isoOf } from '../../lib/clock.ts';
import type { PlatformJob } from '../../upstream/cycle-platform/client.ts';

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/** A job's tasks are dropped: their input and output may hold secrets. */
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
