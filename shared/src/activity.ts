import { z } from 'zod';

import { isoTime } from './common.ts';
import { signInWay } from './session.ts';

export const activityOutcome = z.enum(['done', 'started', 'refused', 'failed', 'detected']);
export type ActivityOutcome = z.infer<typeof activityOutcome>;

/** How the person came in: a browser's session, by how it was signed in, or an access token. */
export const activityWay = z.enum([...signInWay.options, 'access-token']);
export type ActivityWay = z.infer<typeof activityWay>;

/** Never carries tokens, passwords or variable values. */
export const activityEntry = z.object({
  /** Its place in the record: 1, 2, 3 … without gaps. */
  id: z.number(),
  at: isoTime,
  /** Null: done or detected by the system. */
  actor: z.string().nullable(),
  /** Dotted verb: `session.sign-in`, `instance.start`, `claim.spawn`, `booking.terminate`, `instance.state` … */
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }).nullable(),
  outcome: activityOutcome,
  detail: z.string().nullable(),
  way: activityWay.nullable(),
  /** The entry, stored before the deed, whose outcome this one tells. */
  intent: z.number().nullable(),
  /** A setting, role or rule that was changed. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** For admins only; null to others, and where there is none. */
  origin: z
    .object({
      address: z.string().nullable(),
      requestId: z.string().nullable(),
      /** The session's id, or the access token's with its name. */
      wayId: z.string().nullable(),
      wayName: z.string().nullable(),
      /** As the person gave it. */
      reason: z.string().nullable(),
    })
    .nullable(),
});
export type ActivityEntry = z.infer<typeof activityEntry>;

const filter = {
  actor: z.string().max(200).optional(),
  /** A whole action, or the part before its dot. */
  action: z.string().max(100).optional(),
  subject: z.string().max(200).optional(),
  outcome: activityOutcome.optional(),
  way: activityWay.optional(),
  /** From this time on, and before that one. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  /** Text in the person, action, resource or detail, whatever its case; for admins also in what only they see. */
  q: z.string().max(200).optional(),
};

export const activityQuery = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  ...filter,
});
export const activityExportQuery = z.object({ format: z.enum(['csv', 'jsonl']), ...filter });

/** The last entry's hash holds all before it. Told outside, it shows later whether the record was made anew. */
export const activityHead = z.object({
  entries: z.number(),
  hash: z.string(),
  at: isoTime,
  /** HMAC-SHA256 under a key derived from the session secret. */
  signature: z.string(),
  /** Up to which entry the chain was found to hold; null before the first check. */
  verified: z.object({ entry: z.number(), at: isoTime }).nullable(),
  /** The first entry that does not hold. */
  fault: z.object({ entry: z.number(), why: z.string() }).nullable(),
  /** Entries up to this one were older than is kept. */
  removedTo: z.number(),
});
export type ActivityHead = z.infer<typeof activityHead>;
export const activityPage = z.object({ entries: z.array(activityEntry), nextBefore: z.number().nullable() });
export type ActivityPage = z.infer<typeof activityPage>;
