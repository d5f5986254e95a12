import { z } from 'zod';

import { isoTime } from './common.ts';

/** How many the server keeps; older ones are gone. */
export const NOTIFICATIONS_KEPT = 500;

export const cycleNotification = z.object({
  /** 1, 2, 3 … on one server process. */
  number: z.number(),
  at: isoTime,
  topic: z.string(),
  objectId: z.string(),
  state: z.string().nullable(),
  stateBefore: z.string().nullable(),
  /** As it came, without what is not known to be harmless; null where it is too large to keep. */
  raw: z.unknown(),
});
export type CycleNotification = z.infer<typeof cycleNotification>;

export const notificationsQuery = z.object({
  /** The numbers begin anew with each process: `epoch` says which one `after` is of. */
  epoch: z.string().max(100).optional(),
  after: z.coerce.number().int().min(0).default(0),
});

export const notificationsResponse = z.object({
  epoch: z.string(),
  /** Oldest first; only those after `after` where the epoch is the same. */
  notifications: z.array(cycleNotification),
  newest: z.number(),
  /** One sentence where none arrive now. */
  whyNone: z.string().nullable(),
});
export type NotificationsResponse = z.infer<typeof notificationsResponse>;
