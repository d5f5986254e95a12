import type { Claim } from '@cyclorama/shared/claims.ts';

import { claim, pool } from '../../testing/builders/claims.ts';
import { live } from '../../testing/builders/common.ts';

// An hour ahead of this browser, so that a deadline counted on the wrong clock fails the test.
export const serverNow = (): number => Date.now() + 3_600_000;
export const iso = (ms: number): string => new Date(ms).toISOString();

export const claimedNow = (over: Partial<Claim> = {}): Claim => {
  const now = iso(serverNow());
  return claim({ requestedAt: now, claimedAt: now, spawnBy: iso(serverNow() + 10_000), ...over });
};

export const claimsAnswer = (claims: Claim[], nextBefore: string | null = null) => ({
  body: { claims, nextBefore, serverTime: iso(serverNow()) },
});

export const poolsAnswer = { body: { freshness: live, pools: [pool()] } };
