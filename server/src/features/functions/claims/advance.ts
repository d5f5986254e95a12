import type { ClaimState } from '@cyclorama/shared/claims.ts';
import type { Failure } from '@cyclorama/shared/common.ts';

import type { ClaimPatch, ClaimRow } from '../../../store/claims.ts';
import { cancelledFailure } from './answers.ts';
import { WINDOW_GRACE_MS } from './rules.ts';

export type Observation = {
  readAt: number;
  /**
   * `listed`: the claim's shard lists the instance as running. `absent`: the shard answered without it. `silent`: the
   * shard could not be read.
   */
  active: { kind: 'listed'; startedAt: number | null } | { kind: 'absent' } | { kind: 'silent' };
  /** From the internal API; null if unknown. */
  instanceState: string | null;
};

/** `release` calls the scheduler; `move` is only a step in the ledger. */
export type Decision =
  | { kind: 'wait' }
  | { kind: 'release' }
  | { kind: 'move'; to: ClaimState; cause: string; failure?: Failure; patch?: ClaimPatch };

const wait: Decision = { kind: 'wait' };
/** A start this long after the window can still be this claim's: an instance takes time to come up. */
const START_ALLOWANCE_MS = 15_000;
/** How much earlier than our own estimate the scheduler may end a run. */
const LIMIT_ALLOWANCE_MS = 2_000;
/** The internal API lags, so a run younger than this is not judged by it alone. */
const SETTLE_MS = 30_000;
const stoppedStates = ['stopped', 'failed', 'deleted', 'deleting'];

export function advance(claim: ClaimRow, observed: Observation, now: number): Decision {
  switch (claim.state) {
    case 'requested':
      return advanceRequested(claim, now);
    case 'claimed':
      return pastWindow(claim, now) ? notSpawned() : wait;
    case 'spawning':
      return advanceSpawning(claim, observed, now);
    case 'running':
      return advanceRunning(claim, observed, now);
    case 'releasing':
      return advanceReleasing(claim, observed, now);
    default:
      return wait;
  }
}

function advanceRequested(claim: ClaimRow, now: number): Decision {
  if (!pastWindow(claim, now)) return wait;
  if (claim.failure_code === cancelledFailure.code) {
    return move('expired', 'cancelled, and its window is over', cancelledFailure);
  }
  return move('expired', 'not answered within its window', {
    code: 'unanswered',
    message:
      'The scheduler never answered the claim. If it assigned an instance, that is back in the pool. Claim again.',
  });
}

function advanceSpawning(claim: ClaimRow, { active, instanceState }: Observation, now: number): Decision {
  const open = !pastWindow(claim, now);
  const windowEnd = claim.spawn_by ?? 0;
  if (active.kind === 'listed') {
    // Inside the window nobody else can hold the instance; later only its start time can tell.
    const { startedAt } = active;
    if (open || (startedAt !== null && startedAt <= windowEnd + START_ALLOWANCE_MS)) {
      return running(claim, startedAt ?? now, 'listed as running by the scheduler');
    }
    return lost(
      'The instance runs, but it is unknown whether your spawn started it. Check it before you claim again.',
    );
  }
  if (active.kind === 'silent') {
    const up = instanceState === 'starting' || instanceState === 'running';
    return open && up ? running(claim, now, 'reported running by the internal API') : wait;
  }
  if (now < windowEnd + WINDOW_GRACE_MS) return wait;
  if (claim.runs_until !== null && now >= claim.runs_until) {
    return lost(
      'The spawn was not answered, and its run would be over by now. Check whether it ran before you claim again.',
    );
  }
  return move('expired', 'the spawn did not reach the scheduler within the window', {
    code: 'unanswered',
    message: 'The scheduler did not get the spawn in time; the instance went back to the pool. Claim again.',
  });
}

function advanceRunning(
  claim: ClaimRow,
  { active, instanceState, readAt }: Observation,
  now: number,
): Decision {
  const spawnedAt = claim.spawned_at ?? 0;
  if (active.kind === 'listed') {
    const another =
      claim.runs_until !== null && active.startedAt !== null && active.startedAt > claim.runs_until;
    return another ? ended(claim, instanceState, now) : wait;
  }
  if (active.kind === 'absent') return readAt > spawnedAt ? ended(claim, instanceState, now) : wait;
  const stopped = instanceState !== null && stoppedStates.includes(instanceState);
  return stopped && now > spawnedAt + SETTLE_MS ? ended(claim, instanceState, now) : wait;
}

function advanceReleasing(claim: ClaimRow, { active, instanceState }: Observation, now: number): Decision {
  if (active.kind === 'listed') return { kind: 'release' };
  const spawned = claim.spawned_at !== null;
  if (active.kind === 'silent') {
    const stopped = instanceState !== null && stoppedStates.includes(instanceState);
    return spawned && stopped ? move('released', 'reported stopped by the internal API') : wait;
  }
  if (spawned) return move('released', 'no longer listed by the scheduler');
  if (now >= (claim.spawn_by ?? 0) + WINDOW_GRACE_MS) {
    return notSpawned();
  }
  return { kind: 'release' };
}

function notSpawned(): Decision {
  return move('expired', 'not spawned within ten seconds', {
    code: 'not-spawned',
    message: 'It was not spawned within ten seconds, so the instance went back to the pool. Claim again.',
  });
}

function pastWindow(claim: ClaimRow, now: number): boolean {
  return claim.spawn_by === null || now >= claim.spawn_by;
}

function running(claim: ClaimRow, startedAt: number, cause: string): Decision {
  return {
    kind: 'move',
    to: 'running',
    cause,
    patch: { spawned_at: Math.max(startedAt, claim.claimed_at ?? 0) },
  };
}

function ended(claim: ClaimRow, instanceState: string | null, now: number): Decision {
  if (claim.runs_until !== null && now >= claim.runs_until - LIMIT_ALLOWANCE_MS) {
    return move('ended-by-limit', 'stopped at the container’s max_runtime');
  }
  const state = instanceState === null ? '' : ` The instance is ${instanceState}.`;
  return lost(`The run ended before its time limit and without a release from here.${state}`);
}

function lost(message: string): Decision {
  return move('lost', 'outcome unknown', { code: 'lost', message });
}

function move(to: ClaimState, cause: string, failure?: Failure): Decision {
  return { kind: 'move', to, cause, ...(failure ? { failure } : {}) };
}
