import type { ClaimState } from '@cyclorama/shared/claims.ts';
import { claimStateRefusal } from '@cyclorama/shared/rules/claims.ts';
import type { ClaimAction } from '@cyclorama/shared/rules/claims.ts';

import type { ClaimRow } from '../../../store/claims.ts';
import { presentClaim } from './presenter.ts';

/** An unspawned claim returns to the pool after this time ("Cycle function containers"). */
export const CLAIM_WINDOW_MS = 10_000;

/** The longest time an answer may travel; a slower one means that the claim waited in the scheduler's queue. */
const ANSWER_ALLOWANCE_MS = 2_000;

/** After the window, until an unspawned claim has certainly returned to the pool. */
export const WINDOW_GRACE_MS = 2_000;

/**
 * A state may be re-entered to store something new (the next shard with a fresh token, an unanswered call). `spawning`
 * and `releasing` go back if the scheduler certainly did nothing.
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
 * Counted from sending. If the answer took longer than any network does, the claim waited in the scheduler's queue
 * (`max_queue_time`) and was granted shortly before the answer.
 */
export function spawnByOf(sentAt: number, answeredAt: number): number {
  return Math.max(sentAt, answeredAt - ANSWER_ALLOWANCE_MS) + CLAIM_WINDOW_MS;
}

/** The latest moment at which an unanswered claim may still hold an instance. */
export function heldAtMostUntil(sentAt: number, maxQueueTimeSeconds: number | null): number {
  return sentAt + (maxQueueTimeSeconds ?? 0) * 1_000 + CLAIM_WINDOW_MS;
}

/** Null if the action is possible now; roles and owners are checked elsewhere. */
export function refusalOf(action: ClaimAction, row: ClaimRow, now: number): string | null {
  const variablesDeleted = row.variables === null && row.variable_names !== '[]';
  return claimStateRefusal(action, { ...presentClaim(row), variablesDeleted }, now);
}
