import { z } from 'zod';

import { freshness, isoTime } from './common.ts';

/** `progress`: completed steps over all steps, 0 to 1; null without steps. */
export const job = z.object({
  id: z.string(),
  caption: z.string(),
  /** What it works on, where the job says so. */
  objectId: z.string().nullable(),
  state: z.string(),
  error: z.string().nullable(),
  queuedAt: isoTime.nullable(),
  startedAt: isoTime.nullable(),
  completedAt: isoTime.nullable(),
  progress: z.number().nullable(),
});
export type Job = z.infer<typeof job>;

export const jobsResponse = z.object({ freshness, jobs: z.array(job) });
export type JobsResponse = z.infer<typeof jobsResponse>;
