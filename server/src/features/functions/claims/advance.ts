import type { ClaimState } from '@cyclorama/shared/claims.ts';
import type { Failure } from '@cyclorama/shared/common.ts';

import type { ClaimPatch, ClaimRow } from '../../../store/claims.ts';
import { cancelledFailure } from './answers.ts';
import { WINDOW_GRACE_MS } from './rules.ts';

/** What the upstreams say about a claim's instance, read at `readAt`. */
export type Seen = {
  readAt: number;
  /**
   * `listed`: the claim's shard lists the instance as running, since `startedAt`. `absent`: the shard answered without
   * it. `silent`: the shard could not be read.
   */
  active: { kind: 'listed'; startedAt: number | null } | { kind: 'absent' } | { kind: 'silent' };
  /** The instance's state by the internal API; null where it is not known. */
  instanceState: string | null;
};

/** What to do about an open claim next; `release` is a call to the scheduler, `move` only a step in the ledger. */
export type Decision =
  | { kind: 'wait' }
  | { kind: 'release' }
  | { kind: 'move'; to: ClaimState; cause: string; failure?: Failure; patch?: ClaimPatch };

const wait: Decision = { kind: 'wait' };
/** How far a start may lie after the window and still be this claim's: the time an instance takes to come up. */
const START_ALLOWANCE_MS = 15_000;
/** The scheduler's end of a run may be seen this much before our own reckoning of it. */
const LIMIT_ALLOWANCE_MS = 2_000;
/** The internal API's picture lags: a fresh run is not judged by it alone. */
const SETTLE_MS = 30_000;
const standing = ['stopped', 'failed', 'deleted', 'deleting'];

/** Decides from the ledger and the upstreams' view what became of a claim whose calls are all over. */
export function advance(claim: ClaimRow, seen: Seen, now: number): Decision {
  switch (claim.state) {
    case 'requested':
      return advanceRequested(claim, now);
    case 'claimed':
      return pastWindow(claim, now) ? notSpawned() : wait;
    case 'spawning':
      return advanceSpawning(claim, seen, now);
    case 'running':
      return advanceRunning(claim, seen, now);
    case 'releasing':
      return advanceReleasing(claim, seen, now);
    default:
      return wait;
  }
}

function advanceRequested(claim: ClaimRow, now: number): Decision {
  if (!pastWindow(claim, now)) return wait;
  if (claim.failure_code === cancelledFailure.code) {
    return move('expired', 'the wait was given up and the window is over', cancelledFailure);
  }
  return move('expired', 'the claim was never answered and its window is over', {
    code: 'unanswered',
    message:
      'The scheduler never said whether it set an instance aside. If it did, that instance went back to the pool. ' +
      'Claim again.',
  });
}

function advanceSpawning(claim: ClaimRow, { active, instanceState }: Seen, now: number): Decision {
  const open = !pastWindow(claim, now);
  const windowEnd = claim.spawn_by ?? 0;
  if (active.kind === 'listed') {
    // Nobody else can hold the instance inside the window; later only the time of its start can tell.
    const { startedAt } = active;
    if (open || (startedAt !== null && startedAt <= windowEnd + START_ALLOWANCE_MS)) {
      return running(claim, startedAt ?? now, 'seen running in the scheduler');
    }
    return lost(
      'An instance runs, but whether your spawn started it can not be told. Look before you claim again.',
    );
  }
  if (active.kind === 'silent') {
    const up = instanceState === 'starting' || instanceState === 'running';
    return open && up ? running(claim, now, 'seen running by the internal API') : wait;
  }
  if (now < windowEnd + WINDOW_GRACE_MS) return wait;
  if (claim.runs_until !== null && now >= claim.runs_until) {
    return lost(
      'The spawn was not answered, and a run would be over by now; whether there was one can not be told.',
    );
  }
  return move('expired', 'the spawn did not reach the scheduler and the window is over', {
    code: 'unanswered',
    message: 'The scheduler did not get the spawn in time; the instance went back to the pool. Claim again.',
  });
}

function advanceRunning(claim: ClaimRow, { active, instanceState, readAt }: Seen, now: number): Decision {
  const spawnedAt = claim.spawned_at ?? 0;
  if (active.kind === 'listed') {
    const another =
      claim.runs_until !== null && active.startedAt !== null && active.startedAt > claim.runs_until;
    return another ? ended(claim, instanceState, now) : wait;
  }
  if (active.kind === 'absent') return readAt > spawnedAt ? ended(claim, instanceState, now) : wait;
  const stands = instanceState !== null && standing.includes(instanceState);
  return stands && now > spawnedAt + SETTLE_MS ? ended(claim, instanceState, now) : wait;
}

function advanceReleasing(claim: ClaimRow, { active, instanceState }: Seen, now: number): Decision {
  if (active.kind === 'listed') return { kind: 'release' };
  const spawned = claim.spawned_at !== null;
  if (active.kind === 'silent') {
    const stands = instanceState !== null && standing.includes(instanceState);
    return spawned && stands ? move('released', 'seen stopped by the internal API') : wait;
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

/** The run is over without a release of ours: by its limit, or nobody can say why. */
function ended(claim: ClaimRow, instanceState: string | null, now: number): Decision {
  if (claim.runs_until !== null && now >= claim.runs_until - LIMIT_ALLOWANCE_MS) {
    return move('ended-by-limit', 'stopped at the container’s max_runtime');
  }
  const state = instanceState === null ? '' : ` The instance is ${instanceState}.`;
  return lost(`The run ended before its time limit and without a release from here.${state}`);
}

function lost(message: string): Decision {
  return move('lost', 'what became of it can not be told', { code: 'lost', message });
}

function move(to: ClaimState, cause: string, failure?: Failure): Decision {
  return { kind: 'move', to, cause, ...(failure ? { failure } : {}) };
}
