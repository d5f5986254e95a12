import { z } from 'zod';

import { isoTime } from './common.ts';

export const handOverRequest = z.strictObject({
  to: z.string().trim().min(1, 'expected a user name').max(200),
});

/** Of a robot handed over to the person, until they dismiss it. `from` null: nobody here held it. */
export const handOverNotice = z.object({
  id: z.string(),
  bookingId: z.string(),
  at: isoTime,
  from: z.string().nullable(),
  /** Who handed it over. */
  by: z.string().nullable(),
  type: z.string(),
  deploymentId: z.string().nullable(),
  nickname: z.string().optional(),
});
export type HandOverNotice = z.infer<typeof handOverNotice>;
export const handOverNotices = z.object({ notices: z.array(handOverNotice) });
export type HandOverNotices = z.infer<typeof handOverNotices>;

/** Oldest first; `to` is null while it lasts. `owner` null: nobody here. */
export const holders = z.object({
  holders: z.array(z.object({ owner: z.string().nullable(), from: isoTime, to: isoTime.nullable() })),
});
export type Holders = z.infer<typeof holders>;
