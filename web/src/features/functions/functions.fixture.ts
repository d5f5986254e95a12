import type { Claim } from '@cyclorama/shared/claims.ts';

import { claim, pool } from '../../testing/builders/claims.ts';
import { live } from '../../testing/builders/common.ts';

// The server's clock is an hour ahead of this browser's: deadlines must be counted on the server's.
export const serverNow = (): number => Date.now() + 3_600_000;
export const iso = (ms: number): string => new Date(ms).toISOString();

/** A claim of ada's that was just claimed and can be spawned for ten seconds. */
export const claimedNow = (over: Partial<Claim> = {}): Claim => {
  const now = iso(serverNow());
  return claim({ requestedAt: now, claimedAt: now, spawnBy: iso(serverNow() + 10_000), ...over });
};

/** A page of the ledger as `GET /api/claims` answers it. */
export const claimsAnswer = (claims: Claim[], nextBefore: string | null = null) => ({
  body: { claims, nextBefore, serverTime: iso(serverNow()) },
});

export const poolsAnswer = { body: { freshness: live, pools: [pool()] } };
