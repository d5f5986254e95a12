import type { ClaimState } from '@cyclorama/shared/claims.ts';

import type { Person } from '../../../lib/person.ts';
import type { ClaimRow } from '../../../store/claims.ts';

/** A claim that is not spawned within this time falls back into the pool ("Cycle function containers"). */
export const CLAIM_WINDOW_MS = 10_000;

/** How long the scheduler's answer may have been on its way at most, for claims that waited in its queue first. */
const ANSWER_ALLOWANCE_MS = 2_000;

/** Beyond the window, before an unspawned claim is taken to have fallen back for certain. */
export const WINDOW_GRACE_MS = 2_000;

/**
 * From which state a claim may go to which. A state may be re-entered to keep what was learnt (next shard with a fresh
 * token, a call that was not answered); `spawning` and `releasing` fall back where the scheduler certainly did nothing.
 */
export const claimMoves: Record<ClaimState, readonly ClaimState[]> = {
  requested: ['requested', 'claimed', 'refused', 'expired', 'lost'],
  claimed: ['spawning', 'releasing', 'released', 'expired', 'lost'],
  spawning: ['spawning', 'running', 'claimed', 'expired', 'lost'],
  running: ['releasing', 'released', 'ended-by-limit', 'lost'],
  releasing: ['releasing', 'released', 'claimed', 'running', 'expired', 'ended-by-limit', 'lost'],
  released: [],
  refused: [],
  expired: [],
  lost: [],
  'ended-by-limit': [],
};

/**
 * The end of the window to spawn in. Counted from the moment of sending; where the answer took longer than any
 * network does, the claim waited in the scheduler's queue (`max_queue_time`) and was granted shortly before it.
 */
export function spawnByOf(sentAt: number, answeredAt: number): number {
  return Math.max(sentAt, answeredAt - ANSWER_ALLOWANCE_MS) + CLAIM_WINDOW_MS;
}

/** The latest moment at which an unanswered claim may still hold an instance. */
export function heldAtMostUntil(sentAt: number, maxQueueTimeSeconds: number | null): number {
  return sentAt + (maxQueueTimeSeconds ?? 0) * 1_000 + CLAIM_WINDOW_MS;
}

/** True where the person may act on the claim: its owner, or any admin. */
export function mayActOn(claim: Pick<ClaimRow, 'owner'>, person: Person): boolean {
  return person.role === 'admin' || claim.owner === person.name;
}

/** Why a claim can't be spawned now, as a sentence; null where it can. */
export function whyNoSpawn(claim: ClaimRow, now: number): string | null {
  if (claim.state !== 'claimed')
    return `Only a claimed instance can be spawned; this claim is ${claim.state}.`;
  if (claim.spawn_by !== null && now >= claim.spawn_by) {
    return 'The ten seconds to spawn this claim are over; the instance went back to the pool. Claim another one.';
  }
  return null;
}

/** Why waiting for a claim can't be given up now, as a sentence; null where it can. */
export function whyNoCancel(claim: ClaimRow): string | null {
  if (claim.state === 'requested' && claim.failure_code === null) return null;
  if (claim.state === 'requested') return 'This claim is not waited for any more; it falls back by itself.';
  return `Only a claim that still waits for an instance can be given up; this one is ${claim.state}.`;
}

/** Why a claim can't be tried again, as a sentence; null where it can. */
export function whyNoRetry(claim: ClaimRow): string | null {
  const again: ClaimState[] = ['refused', 'expired', 'lost', 'ended-by-limit'];
  if (!again.includes(claim.state as ClaimState)) {
    return `Only a claim that failed or ran out can be tried again; this one is ${claim.state}.`;
  }
  if (claim.adopted === 1)
    return 'An adopted instance was not claimed from here, so there is nothing to repeat.';
  const lostVariables = claim.variables === null && claim.variable_names !== '[]';
  return lostVariables ? 'Its variables were deleted seven days after its end. Start a new claim.' : null;
}

/** Why a claim can't be released now, as a sentence; null where it can. */
export function whyNoRelease(claim: ClaimRow): string | null {
  if (claim.state === 'claimed' || claim.state === 'running') return null;
  const why: Partial<Record<ClaimState, string>> = {
    requested: 'The scheduler has not said yet which instance this claim holds; it falls back by itself.',
    spawning: 'It is not known yet whether the spawn worked; wait until it is settled, then release.',
    releasing: 'This claim is being released already.',
  };
  return why[claim.state as ClaimState] ?? `This claim is over: it is ${claim.state}.`;
}
