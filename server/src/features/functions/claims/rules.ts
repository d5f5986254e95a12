import type { ClaimState } from '@cyclorama/shared/claims.ts';
import { claimStateRefusal } from '@cyclorama/shared/rules/claims.ts';
import type { ClaimAction } from '@cyclorama/shared/rules/claims.ts';

import type { ClaimRow } from '../../../store/claims.ts';
import { presentClaim } from './presenter.ts';

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

/** Why an action on a row of the ledger isn't open now, whoever asks; null where it is. */
export function refusalOf(action: ClaimAction, row: ClaimRow, now: number): string | null {
  const variablesDeleted = row.variables === null && row.variable_names !== '[]';
  return claimStateRefusal(action, { ...presentClaim(row), variablesDeleted }, now);
}
