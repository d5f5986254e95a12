import { z } from 'zod';

import { freshness, isoTime } from './common.ts';
import { booking, bookingState, robotDeployment, waitForecast } from './robots.ts';

export const deploymentDetail = z.object({
  freshness,
  deployment: robotDeployment,
  forecast: waitForecast.nullable(),
  /** Thinned; null is a gap. Times in epoch milliseconds. */
  queueHistory: z.object({ times: z.array(z.number()), lengths: z.array(z.number().nullable()) }),
  /** The team's, newest first. */
  bookings: z.array(booking),
  /** The person asked to be notified when it is free. */
  watching: z.boolean(),
});
export type DeploymentDetail = z.infer<typeof deploymentDetail>;

export const watchResponse = z.object({ watching: z.boolean() });

/** A null takes the nickname away. */
export const nicknameRequest = z.strictObject({
  nickname: z
    .string('expected a nickname, or null')
    .trim()
    .min(1, 'expected a nickname, or null')
    .max(40, 'expected at most 40 characters')
    .regex(/^[^\p{C}]*$/u, 'expected characters that can be seen')
    .nullable(),
});
export type NicknameRequest = z.infer<typeof nicknameRequest>;
export const nicknameResponse = z.object({ nickname: z.string().nullable() });

export const usageQuery = z
  .object({ from: z.coerce.number().int().positive(), to: z.coerce.number().int().positive() })
  .refine(({ from, to }) => from < to, { message: 'expected a time after `from`', path: ['to'] });
export const usageResponse = z.object({
  rows: z.array(
    z.object({ owner: z.string().nullable(), type: z.string(), bookings: z.number(), seconds: z.number() }),
  ),
  /** Open bookings per person; null: no quota. */
  quota: z.number().nullable(),
});
export type UsageResponse = z.infer<typeof usageResponse>;

export const robotTimelineQuery = z
  .object({
    from: z.coerce.number().int().positive(),
    to: z.coerce.number().int().positive(),
    deployment: z.uuid('expected the id of a deployment').optional(),
  })
  .refine(({ from, to }) => from < to, { message: 'expected a time after `from`', path: ['to'] });

/** Of a booking that was handed over, one for each holder. */
export const robotUse = z.object({
  bookingId: z.string(),
  /** Null: of the type, whichever comes first. */
  deploymentId: z.string().nullable(),
  type: z.string(),
  nickname: z.string().optional(),
  /** Null: not booked here. */
  owner: z.string().nullable(),
  kind: z.enum(['held', 'queued']),
  state: bookingState,
  from: isoTime,
  /** Null: it lasts. */
  to: isoTime.nullable(),
  /** Of what lasts: its time limit, until which the robot is reserved. */
  endsAt: isoTime.nullable(),
});
export type RobotUse = z.infer<typeof robotUse>;

export const robotTimeline = z.object({
  freshness,
  /** Newest first. */
  uses: z.array(robotUse),
  /** More bookings fall into this time than are told. */
  isCut: z.boolean(),
  /** When a robot was in use or waited for by anybody, as far as its queue was read; epoch milliseconds. */
  busy: z.array(
    z.object({ deploymentId: z.string(), spans: z.array(z.object({ from: z.number(), to: z.number() })) }),
  ),
});
export type RobotTimeline = z.infer<typeof robotTimeline>;
