import { z } from 'zod';

import { upstreamName } from './common.ts';

/** The page chooses its sentence and next step by the code, never by the message. */
export const errorCode = z.enum([
  'invalid-request',
  'unauthenticated',
  'sign-in-refused',
  'passkey-refused',
  'csrf',
  'forbidden',
  'confirmation-needed',
  'passkey-needed',
  'not-found',
  'conflict',
  'not-allowed-now',
  'key-reused',
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

export const errorBody = z.object({
  error: z.object({
    code: errorCode,
    /** Safe to show: what happened, in one sentence. */
    message: z.string(),
    /** What to do next. */
    hint: z.string().optional(),
    /** For `invalid-request`: `body.token`, `query.from`. */
    field: z.string().optional(),
    upstream: upstreamName.optional(),
    retryAfterSeconds: z.number().optional(),
    requestId: z.string(),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;
