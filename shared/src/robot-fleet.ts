import { z } from 'zod';

import { freshness } from './common.ts';
import { booking, robotDeployment } from './robots.ts';

/**
 * How long a newcomer would wait for a deployment, from its recorded queue lengths: between `lowSeconds` and
 * `highSeconds` with the chance it claims. Null where too little was recorded to say.
 */
export const waitForecast = z.object({
  lowSeconds: z.number(),
  /** Null: no end can be claimed with this chance. */
  highSeconds: z.number().nullable(),
  chance: z.number(),
  /** How many recorded waits it rests on. */
  basis: z.number(),
});
export type WaitForecast = z.infer<typeof waitForecast>;

/** `GET /api/robots/deployments/:id`. */
export const deploymentDetail = z.object({
  freshness,
  deployment: robotDeployment,
  forecast: waitForecast.nullable(),
  /** Recorded queue lengths, thinned; null is a gap. Times in epoch milliseconds. */
  queueHistory: z.object({ times: z.array(z.number()), lengths: z.array(z.number().nullable()) }),
  /** Bookings of the team on it, newest first. */
  bookings: z.array(booking),
  /** True while the person waits to be told that it is free. */
  watching: z.boolean(),
});
export type DeploymentDetail = z.infer<typeof deploymentDetail>;

/** `POST` and `DELETE /api/robots/deployments/:id/watch`: tell me when it is free. */
export const watchResponse = z.object({ watching: z.boolean() });

/** `POST /api/bookings/:id/hand-over`: gives a booking to another member. */
export const handOverRequest = z.strictObject({
  to: z.string().trim().min(1, 'expected a user name').max(200),
});

/** `GET /api/robots/usage?from=…&to=…` (epoch milliseconds): robot time a person and type, finished and running. */
export const usageQuery = z
  .object({ from: z.coerce.number().int().positive(), to: z.coerce.number().int().positive() })
  .refine(({ from, to }) => from < to, { message: 'expected a time after `from`', path: ['to'] });
export const usageResponse = z.object({
  rows: z.array(
    z.object({ owner: z.string().nullable(), type: z.string(), bookings: z.number(), seconds: z.number() }),
  ),
  /** Open bookings a person may hold; null where there is no quota. */
  quota: z.number().nullable(),
});
export type UsageResponse = z.infer<typeof usageResponse>;
