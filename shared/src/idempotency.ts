import { z } from 'zod';

/**
 * Names a request of a person, so that it can be sent again without being carried out again ("The Idempotency-Key HTTP
 * Header Field", an IETF draft). The page makes one for each press of a button, scripts may send their own.
 */
export const IDEMPOTENCY_KEY_HEADER = 'Idempotency-Key';
/** On an answer: this is what became of an earlier request with the same key. */
export const IDEMPOTENT_REPLAYED_HEADER = 'Idempotent-Replayed';

/** Keys are forgotten after this long. */
export const IDEMPOTENCY_KEY_DAYS = 30;

export const idempotencyKey = z
  .string()
  .regex(/^[ -~]{1,255}$/, 'expected 1 to 255 printable ASCII characters');
