import { z } from 'zod';

import { isoTime } from './common.ts';

export const activityOutcome = z.enum(['done', 'started', 'refused', 'failed', 'detected']);
export type ActivityOutcome = z.infer<typeof activityOutcome>;

/** Never carries tokens, passwords or variable values. */
export const activityEntry = z.object({
  id: z.number(),
  at: isoTime,
  /** Null: done or detected by the system. */
  actor: z.string().nullable(),
  /** Dotted verb: `session.sign-in`, `instance.start`, `claim.spawn`, `booking.terminate`, `instance.state` … */
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }).nullable(),
  outcome: activityOutcome,
  detail: z.string().nullable(),
});
export type ActivityEntry = z.infer<typeof activityEntry>;

export const activityQuery = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  actor: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  subject: z.string().max(100).optional(),
});
export const activityPage = z.object({ entries: z.array(activityEntry), nextBefore: z.number().nullable() });
export type ActivityPage = z.infer<typeof activityPage>;
