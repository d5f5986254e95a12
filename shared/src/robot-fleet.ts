import { z } from 'zod';

import { freshness } from './common.ts';
import { booking, robotDeployment, waitForecast } from './robots.ts';

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
