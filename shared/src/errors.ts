import { z } from 'zod';

import { upstreamName } from './common.ts';

/** Every error code the BFF answers with; the page chooses its words and next step by it, never by message. */
export const errorCode = z.enum([
  'invalid-request',
  'unauthenticated',
  'sign-in-refused',
  'csrf',
  'forbidden',
  'not-found',
  'conflict',
  'not-allowed-now',
  'rate-limited',
  'upstream-unconfigured',
  'upstream-unavailable',
  'upstream-timeout',
  'upstream-rate-limited',
  'upstream-refused',
  'upstream-invalid',
  'starting',
  'shutting-down',
  'store-unavailable',
  'internal',
]);
export type ErrorCode = z.infer<typeof errorCode>;

/** The body of every non-2xx answer of the BFF. */
export const errorBody = z.object({
  error: z.object({
    code: errorCode,
    /** Safe to show: what happened, in one sentence. */
    message: z.string(),
    /** What to do next, where there is something to do. */
    hint: z.string().optional(),
    /** The field at fault (`body.token`, `query.from`) for `invalid-request`. */
    field: z.string().optional(),
    upstream: upstreamName.optional(),
    retryAfterSeconds: z.number().optional(),
    requestId: z.string(),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;
