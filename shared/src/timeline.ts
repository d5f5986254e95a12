import { z } from 'zod';

import { activityEntry } from './activity.ts';
import { isoTime } from './common.ts';
import { job } from './jobs.ts';
import { objectEvent } from './object-events.ts';
import { timelineKind, timelineOutcome } from './timeline-filters.ts';

export const timelineItem = z.discriminatedUnion('source', [
  /** A start and its end are one item, at the time of the end; `began` is the start's. */
  z.object({ source: z.literal('action'), at: isoTime, began: isoTime.nullable(), entry: activityEntry }),
  z.object({ source: z.literal('event'), at: isoTime, event: objectEvent }),
  z.object({ source: z.literal('job'), at: isoTime, job }),
]);
export type TimelineItem = z.infer<typeof timelineItem>;

export const timelineQuery = z.object({
  kind: timelineKind.optional(),
  /** Who did it. */
  actor: z.string().max(200).optional(),
  /** Id or whole name of an object; a container's items include those of its instances. */
  subject: z.string().max(200).optional(),
  outcome: timelineOutcome.optional(),
  /** From this time on, and before that one. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  /** `next` of the page before. */
  before: z
    .string()
    .regex(/^\d{1,15}\.[0-2]\.\w{1,60}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type TimelineQuery = z.output<typeof timelineQuery>;

/** Newest first. */
export const timelinePage = z.object({
  items: z.array(timelineItem),
  /** Null at the end. */
  next: z.string().nullable(),
  /** Why Cycle's jobs are missing or old; null where they are not. */
  jobsFault: z.string().nullable(),
});
export type TimelinePage = z.infer<typeof timelinePage>;
