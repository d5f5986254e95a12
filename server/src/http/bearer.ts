import type { Request } from 'express';

import { AppError } from '../lib/errors.ts';
import { addressKey } from './client-address.ts';

const WINDOW_MS = 15 * 60_000;
const MAX_REFUSED = 20;
const MAX_ADDRESSES = 10_000;

export function bearerOf(request: Request): string | null {
  return /^Bearer +(\S+) *$/i.exec(request.get('authorization') ?? '')?.[1] ?? null;
}

/**
 * Counts refused tokens by address; after twenty in a quarter of an hour, further ones get `rate-limited`. A valid
 * token always works: a forgotten script must not lock out others behind the same address, and 256 random bits can't be
 * guessed.
 */
export type BearerLimit = {
  /** @throws AppError `rate-limited` where the address had too many refusals before. */
  refused(request: Request): void;
};

export function createBearerLimit(now: () => number): BearerLimit {
  const refusals = new Map<string, { count: number; until: number }>();
  return {
    refused(request) {
      const address = addressKey(request);
      const known = refusals.get(address);
      const entry =
        known !== undefined && known.until > now() ? known : { count: 0, until: now() + WINDOW_MS };
      refusals.delete(address);
      refusals.set(address, entry);
      const [oldest] = refusals.keys();
      if (refusals.size > MAX_ADDRESSES && oldest !== undefined) refusals.delete(oldest);
      if (entry.count >= MAX_REFUSED) throw tooMany(entry.until - now());
      entry.count += 1;
    },
  };
}

function tooMany(waitMs: number): AppError {
  const retryAfterSeconds = Math.ceil(waitMs / 1_000);
  return new AppError('rate-limited', 'Too many access tokens from this address were refused.', {
    hint: `Check the token and try again in ${Math.ceil(retryAfterSeconds / 60)} minutes.`,
    retryAfterSeconds,
  });
}
