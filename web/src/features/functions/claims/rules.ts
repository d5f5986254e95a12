import type { Claim, FunctionPool } from '@cyclorama/shared/claims.ts';

import { formatDuration } from '../../../lib/units.ts';

/** Whole seconds a claim has waited for an instance, null where it waits no more. */
export function secondsWaited(claim: Pick<Claim, 'state' | 'requestedAt'>, serverNow: number): number | null {
  const since = Date.parse(claim.requestedAt);
  if (claim.state !== 'requested' || Number.isNaN(since)) return null;
  return Math.max(0, Math.floor((serverNow - since) / 1000));
}

/** How long a claim waits, in words; `mostSeconds` is the function's `max_queue_time`, where it has one. */
export function waitingWords(seconds: number, mostSeconds: number | null | undefined): string {
  const waiting = `waiting for ${formatDuration(seconds * 1000)}`;
  return mostSeconds === null || mostSeconds === undefined || mostSeconds === 0
    ? waiting
    : `${waiting} of at most ${formatDuration(mostSeconds * 1000)}`;
}

/** Whole seconds until the dashboard releases it as its owner chose, null where it doesn't. */
export function secondsToRelease(
  claim: Pick<Claim, 'state' | 'releaseAt'>,
  serverNow: number,
): number | null {
  if (claim.state !== 'running' || claim.releaseAt === null) return null;
  return secondsUntil(claim.releaseAt, serverNow);
}

/** Whole seconds left to spawn a claim on the server's clock, 0 once over, null where there is no deadline. */
export function secondsToSpawn(claim: Pick<Claim, 'state' | 'spawnBy'>, serverNow: number): number | null {
  if (claim.state !== 'claimed' || claim.spawnBy === null) return null;
  return secondsUntil(claim.spawnBy, serverNow);
}

/** Whole seconds until the run-time limit ends the instance, 0 once over, null where there is no limit. */
export function secondsToRun(claim: Pick<Claim, 'state' | 'runsUntil'>, serverNow: number): number | null {
  if (claim.state !== 'running' || claim.runsUntil === null) return null;
  return secondsUntil(claim.runsUntil, serverNow);
}

function secondsUntil(iso: string, now: number): number | null {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}

/**
 * How long the claim held an instance, in milliseconds: from the spawn (or the claim, where it never ran) to its end,
 * or to `serverNow` while it is open; null before it held one.
 */
export function heldFor(claim: Claim, serverNow: number): number | null {
  const since = claim.spawnedAt ?? claim.claimedAt;
  if (since === null) return null;
  const until = claim.endedAt === null ? serverNow : Date.parse(claim.endedAt);
  const span = until - Date.parse(since);
  return Number.isFinite(span) ? Math.max(0, span) : null;
}

/** What a claim on this pool will do, in one sentence. */
export function claimForecast(pool: FunctionPool): string {
  if (pool.idle > 0) return 'Claims one idle instance. Spawn it within 10 s or it goes back to the pool.';
  if (pool.maxQueueTimeSeconds !== null && pool.maxQueueTimeSeconds > 0) {
    return `No idle instance. The claim waits up to ${pool.maxQueueTimeSeconds} s, then is refused.`;
  }
  return 'No idle instance. The claim waits as long as the scheduler allows and may be refused.';
}
