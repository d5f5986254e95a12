import type { Claim, FunctionPool } from '@cyclorama/shared/claims.ts';

import { formatDuration } from '../../../lib/units.ts';

export function secondsWaited(claim: Pick<Claim, 'state' | 'requestedAt'>, serverNow: number): number | null {
  const since = Date.parse(claim.requestedAt);
  if (claim.state !== 'requested' || Number.isNaN(since)) return null;
  return Math.max(0, Math.floor((serverNow - since) / 1000));
}

/** `mostSeconds`: at all the scheduler's shards in turn; null or 0 where it is not limited. */
export function waitingText(seconds: number, mostSeconds: number | null | undefined): string {
  const waiting = `waiting for ${formatDuration(seconds * 1000)}`;
  if (mostSeconds === null || mostSeconds === undefined || mostSeconds === 0) return waiting;
  const most = formatDuration(mostSeconds * 1000);
  return seconds > mostSeconds ? `${waiting}; its ${most} are over` : `${waiting} of at most ${most}`;
}

export function secondsToRelease(
  claim: Pick<Claim, 'state' | 'releaseAt'>,
  serverNow: number,
): number | null {
  if (claim.state !== 'running' || claim.releaseAt === null) return null;
  return secondsUntil(claim.releaseAt, serverNow);
}

export function secondsToSpawn(claim: Pick<Claim, 'state' | 'spawnBy'>, serverNow: number): number | null {
  if (claim.state !== 'claimed' || claim.spawnBy === null) return null;
  return secondsUntil(claim.spawnBy, serverNow);
}

export function secondsToRun(claim: Pick<Claim, 'state' | 'runsUntil'>, serverNow: number): number | null {
  if (claim.state !== 'running' || claim.runsUntil === null) return null;
  return secondsUntil(claim.runsUntil, serverNow);
}

function secondsUntil(iso: string, now: number): number | null {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}

/**
 * Milliseconds from the spawn (or the claim, if it never ran) to its end, or `serverNow` while open; null before it
 * held an instance.
 */
export function heldMs(claim: Claim, serverNow: number): number | null {
  const since = claim.spawnedAt ?? claim.claimedAt;
  if (since === null) return null;
  const until = claim.endedAt === null ? serverNow : Date.parse(claim.endedAt);
  const span = until - Date.parse(since);
  return Number.isFinite(span) ? Math.max(0, span) : null;
}

export function claimForecast(pool: FunctionPool): string {
  if (pool.idle > 0) return 'Claims one idle instance. Spawn it within 10 s or it goes back to the pool.';
  if (pool.longestWaitSeconds !== null && pool.longestWaitSeconds > 0) {
    return `No idle instance. The claim waits up to ${formatDuration(pool.longestWaitSeconds * 1000)}, then is refused.`;
  }
  return 'No idle instance. The claim waits as long as the scheduler allows and may be refused.';
}
