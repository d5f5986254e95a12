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

const times = { startedAt: isoTime.nullable(), completedAt: isoTime.nullable() };
/** A step has times and no state of its own. */
const jobStep = z.object({ caption: z.string(), ...times });
const jobTask = z.object({
  id: z.string(),
  caption: z.string(),
  state: z.string(),
  error: z.string().nullable(),
  ...times,
  steps: z.array(jobStep),
});
export type JobTask = z.infer<typeof jobTask>;
/** `scheduledFor`: not before then. */
export const jobDetail = z.object({
  freshness,
  job,
  scheduledFor: isoTime.nullable(),
  tasks: z.array(jobTask),
});
export type JobDetail = z.infer<typeof jobDetail>;

export const jobsResponse = z.object({ freshness, jobs: z.array(job) });
export type JobsResponse = z.infer<typeof jobsResponse>;
