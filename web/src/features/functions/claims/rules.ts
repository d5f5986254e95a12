import type { Claim, ClaimState, FunctionPool } from '@cyclorama/shared/claims.ts';
import type { Role } from '@cyclorama/shared/common.ts';
import { roleAllows } from '@cyclorama/shared/common.ts';

import { formatDuration } from '../../../lib/units.ts';

export type ClaimAction = 'spawn' | 'release' | 'cancel' | 'retry' | 'reveal';
export type Person = { name: string; role: Role };

/** What still holds, or is about to hold, an instance of the pool. */
const openStates: readonly ClaimState[] = ['requested', 'claimed', 'spawning', 'running', 'releasing'];

/** True while the claim holds an instance or is about to. */
export function isOpen(claim: Pick<Claim, 'state'>): boolean {
  return openStates.includes(claim.state);
}

/** What is offered for a claim in each state, the most likely last; what is refused is still shown, with its reason. */
const offered: Record<ClaimState, readonly Exclude<ClaimAction, 'reveal'>[]> = {
  requested: ['cancel'],
  claimed: ['release', 'spawn'],
  spawning: ['release'],
  running: ['release'],
  releasing: ['release'],
  released: [],
  refused: ['retry'],
  expired: ['retry'],
  lost: ['retry'],
  'ended-by-limit': ['retry'],
};

/** The actions to offer for a claim. An adopted one was not claimed from here, so there is nothing to try again. */
export function actionsOf({ state, adopted }: Pick<Claim, 'state' | 'adopted'>): readonly ClaimAction[] {
  return adopted ? offered[state].filter((action) => action !== 'retry') : offered[state];
}

const over: Partial<Record<ClaimState, string>> = {
  released: 'It was released',
  refused: 'It waits no more: the scheduler refused it',
  expired: 'It has ended',
  lost: 'What became of this claim is not known',
  'ended-by-limit': 'It has ended',
};

/**
 * Why an action isn't open in a state; a state that isn't listed allows it.
 *
 * Mirrors the Cycle scheduler API docs: `claim` reserves one idle instance and names it, `spawn` needs the claim's
 * token and instance within ten seconds, `release` stops the instance and gives it back. Neither is defined for a
 * claim that has no instance yet, nor for one that ended. Cancelling, retrying and revealing are Cyclorama's own:
 * only what waits can be given up, only what failed is tried again, and the ledger keeps what may be revealed.
 */
const notNow: Record<ClaimAction, Partial<Record<ClaimState, string>>> = {
  spawn: {
    requested: 'The scheduler has not answered the claim yet',
    spawning: 'It is being spawned',
    running: 'It is running already',
    releasing: 'It is being released',
    released: 'It was released',
    refused: 'The scheduler refused this claim',
    expired: 'It was not spawned within ten seconds and fell back into the pool',
    lost: 'What became of this claim is not known',
    'ended-by-limit': 'It reached its run-time limit',
  },
  release: {
    requested: 'The scheduler has not answered the claim yet',
    spawning: 'It is being spawned; release it once it runs',
    releasing: 'It is being released',
    released: 'It was released',
    refused: 'There is nothing to release: the scheduler refused this claim',
    expired: 'It fell back into the pool by itself',
    lost: 'What became of this claim is not known',
    'ended-by-limit': 'It reached its run-time limit and was stopped',
  },
  cancel: {
    claimed: 'It waits no more: it holds an instance',
    spawning: 'It waits no more: it is being spawned',
    running: 'It waits no more: it runs; release it instead',
    releasing: 'It is being released',
    ...over,
  },
  retry: {
    requested: 'It is still waiting for an instance',
    claimed: 'It holds an instance; spawn it instead',
    spawning: 'It is being spawned',
    running: 'It is running',
    releasing: 'It is being released',
    released: 'It ended as wanted; claim again for another run',
  },
  reveal: {},
};

/**
 * The reason a person may not do this to a claim now, or null where they may.
 * The scheduler knows no owners (only who holds the token), so that the owner or an admin acts is Cyclorama's own rule.
 * `serverNow` is the server's time in epoch milliseconds: the ten seconds are counted on its clock.
 */
export function claimRefusal(
  action: ClaimAction,
  claim: Pick<Claim, 'state' | 'owner' | 'spawnBy'>,
  person: Person,
  serverNow: number,
): string | null {
  const state = notNow[action][claim.state];
  if (state !== undefined) return state;
  if (action === 'spawn' && secondsToSpawn(claim, serverNow) === 0) {
    return notNow.spawn.expired ?? null;
  }
  if (!roleAllows(person.role, 'operator'))
    return 'A viewer can look, not act: this asks for the operator role';
  if (claim.owner !== person.name && person.role !== 'admin') {
    return `Only ${claim.owner} or an admin can ${action} this claim`;
  }
  return null;
}

/**
 * The reason a person may not claim from a pool now, or null where they may. An empty pool is no reason: the
 * scheduler lets a claim wait for up to `max_queue_time` (Cycle scheduler API docs).
 */
export function newClaimRefusal(
  pool: Pick<FunctionPool, 'enabled' | 'instances'>,
  role: Role,
): string | null {
  if (!roleAllows(role, 'operator')) return 'A viewer can look, not act: claiming asks for the operator role';
  if (!pool.enabled) return 'The function is not enabled; enable its container on Cycle first';
  if (pool.instances === 0) return 'The pool has no instances yet';
  return null;
}

/** Whole seconds a claim has waited for an instance, null where it waits no more. */
export function secondsWaited(claim: Pick<Claim, 'state' | 'requestedAt'>, serverNow: number): number | null {
  const since = Date.parse(claim.requestedAt);
  if (claim.state !== 'requested' || Number.isNaN(since)) return null;
  return Math.max(0, Math.floor((serverNow - since) / 1000));
}

/** How long a claim waits, in words; `mostSeconds` is the function's `max_queue_time`, where it has one. */
export function waitingWords(seconds: number, mostSeconds: number | null | undefined): string {
  const waiting = `waiting for a free instance for ${formatDuration(seconds * 1000)}`;
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
  if (pool.idle > 0) return 'Holds one idle instance for ten seconds; spawn it in that time or it goes back.';
  if (pool.maxQueueTimeSeconds !== null && pool.maxQueueTimeSeconds > 0) {
    return `No instance is idle: the claim waits up to ${pool.maxQueueTimeSeconds} s for one, then is refused.`;
  }
  return 'No instance is idle: the claim waits as long as the scheduler allows, and may be refused.';
}
