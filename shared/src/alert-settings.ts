import { z } from 'zod';

import { isoTime } from './common.ts';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day, such as 22:00');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const timeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, 'expected the name of a time zone, such as Europe/Berlin');

/** Each day by the clocks of `timeZone`; over midnight where `from` is later than `to`. */
export const quietHours = z
  .strictObject({ from: timeOfDay, to: timeOfDay, timeZone })
  .refine(({ from, to }) => from !== to, { path: ['to'], error: 'expected another time than they begin' });
export type QuietHours = z.infer<typeof quietHours>;

/** Null: there are none. */
export const alertSettingsRequest = z.strictObject({
  quietHours: quietHours.nullable(),
  /** Whether alerts are sent to Cycle's monitoring too. */
  toMonitoring: z.boolean().default(false),
});
export type AlertSettingsRequest = z.infer<typeof alertSettingsRequest>;

export const alertSettings = z.object({
  quietHours: z.object({ from: z.string(), to: z.string(), timeZone: z.string() }).nullable(),
  toMonitoring: z.boolean(),
  /** Whether it is quiet now. */
  isQuiet: z.boolean(),
  /** Null: nobody has changed it. */
  changedBy: z.string().nullable(),
  changedAt: isoTime.nullable(),
});
export type AlertSettings = z.infer<typeof alertSettings>;
