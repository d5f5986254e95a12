import type { Clock } from '../clock.ts';
import type { Profile } from './world.ts';

const WINDOW_MS = 3_600_000;
const ANONYMOUS_LIMIT = 60;
const TOKEN_LIMIT = 3600;

/** `reset` is in seconds since the epoch. */
export type Bucket = { limit: number; remaining: number; reset: number };

export type RateLimit = {
  /** Counts one request; `refused` when the bucket is used up. `key` is an address or a token's signature. */
  take(kind: 'anonymous' | 'token', key: string): { bucket: Bucket; refused: boolean };
  setRemaining(key: string, remaining: number): void;
};

/** A token's bucket is known by the first ten characters of its signature (observed). */
export function signatureKey(token: string): string {
  return token.slice(token.lastIndexOf('.') + 1).slice(0, 10);
}

/**
 * Fixed windows of 3600 s from a bucket's first request: 60 per address without a valid token, 3600 per token.
 * Documented: exactly N are served. Observed: one more is, and the header then shows -1.
 */
export function createRateLimit(clock: Clock, profile: Profile): RateLimit {
  const buckets = new Map<string, { left: number; until: number }>();
  const last = profile === 'observed' ? -1 : 0;

  function current(id: string, limit: number) {
    let bucket = buckets.get(id);
    if (!bucket || clock.now() >= bucket.until) {
      bucket = { left: limit, until: clock.now() + WINDOW_MS };
      buckets.set(id, bucket);
    }
    return bucket;
  }

  return {
    take(kind, key) {
      const limit = kind === 'token' ? TOKEN_LIMIT : ANONYMOUS_LIMIT;
      const bucket = current(`${kind} ${key}`, limit);
      const refused = bucket.left <= last;
      if (!refused) bucket.left -= 1;
      return {
        bucket: { limit, remaining: bucket.left, reset: Math.floor(bucket.until / 1000) },
        refused,
      };
    },
    setRemaining(key, remaining) {
      current(`token ${key}`, TOKEN_LIMIT).left = remaining;
    },
  };
}
