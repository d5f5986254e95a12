import type { Request } from 'express';

import { AppError } from '../errors.ts';
import { clientAddress } from './client-address.ts';

const windowMs = 15 * 60_000;
const mostRefused = 20;
const mostAddresses = 10_000;

/** The token of `Authorization: Bearer …`; null where the request carries none. */
export function bearerOf(request: Request): string | null {
  return /^Bearer +(\S+) *$/i.exec(request.get('authorization') ?? '')?.[1] ?? null;
}

/** Counts refused tokens by address: after twenty in a quarter of an hour no further one is looked at for a while. */
export type BearerLimit = {
  /** @throws AppError `rate-limited` where the address had too many refused. */
  check(request: Request): void;
  refused(request: Request): void;
};

export function createBearerLimit(now: () => number): BearerLimit {
  const refusals = new Map<string, { count: number; until: number }>();
  const addressOf = (request: Request): string => clientAddress(request) ?? '';
  return {
    check(request) {
      const entry = refusals.get(addressOf(request));
      if (entry === undefined || entry.count < mostRefused || entry.until <= now()) return;
      const retryAfterSeconds = Math.ceil((entry.until - now()) / 1_000);
      throw new AppError('rate-limited', 'Too many access tokens from this address were refused.', {
        hint: `Check the token and try again in ${Math.ceil(retryAfterSeconds / 60)} minutes.`,
        retryAfterSeconds,
      });
    },
    refused(request) {
      const address = addressOf(request);
      const known = refusals.get(address);
      const entry =
        known !== undefined && known.until > now() ? known : { count: 0, until: now() + windowMs };
      entry.count += 1;
      refusals.delete(address);
      refusals.set(address, entry);
      const [oldest] = refusals.keys();
      if (refusals.size > mostAddresses && oldest !== undefined) refusals.delete(oldest);
    },
  };
}
