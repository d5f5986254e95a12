import type { Claim, ClaimState, FunctionPool } from '../claims.ts';
import type { Role } from '../common.ts';
import { actorRefusal, roleRefusal } from './roles.ts';
import type { Person } from './roles.ts';

export type ClaimAction = 'spawn' | 'release' | 'cancel' | 'retry' | 'reveal';

/** What of a claim decides which action is open. `variablesDeleted`: its variables were deleted after seven days. */
export type ClaimSubject = Pick<Claim, 'state' | 'spawnBy' | 'adopted' | 'failure'> & {
  variablesDeleted?: boolean;
};

/** States that hold an instance of the pool, or are about to. */
export const openClaimStates: readonly ClaimState[] = [
  'requested',
  'claimed',
  'spawning',
  'running',
  'releasing',
];

/** What the scheduler lists as in use: an instance that is up or coming up ("Cycle function containers"). */
export const upInstanceStates: readonly string[] = ['starting', 'running', 'migrating'];

export function isOpenClaim({ state }: Pick<Claim, 'state'>): boolean {
  return openClaimStates.includes(state);
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
export function claimActionsOf({ state, adopted }: Pick<Claim, 'state' | 'adopted'>): readonly ClaimAction[] {
  return adopted ? offered[state].filter((action) => action !== 'retry') : offered[state];
}

const over = {
  released: 'It was released.',
  refused: 'The scheduler refused this claim. Claim again.',
  expired: 'It was not spawned within ten seconds and went back to the pool. Claim again.',
  lost: 'What became of this claim is unknown.',
  'ended-by-limit': 'It reached its run-time limit and was stopped.',
} satisfies Partial<Record<ClaimState, string>>;

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
    requested: 'The scheduler has not assigned an instance yet.',
    spawning: 'It is being spawned.',
    running: 'It is already running.',
    releasing: 'It is being released.',
    ...over,
  },
  release: {
    requested: 'The scheduler has not assigned an instance yet. Stop waiting instead.',
    spawning: 'It is being spawned. Release it once it runs.',
    releasing: 'It is being released.',
    ...over,
  },
  cancel: {
    claimed: 'It is not waiting: it holds an instance. Release it instead.',
    spawning: 'It is not waiting: it is being spawned. Release it once it runs.',
    running: 'It is not waiting: it is running. Release it instead.',
    releasing: 'It is being released.',
    ...over,
  },
  retry: {
    requested: 'It is still waiting for an instance.',
    claimed: 'It holds an instance. Spawn it instead.',
    spawning: 'It is being spawned.',
    running: 'It is running.',
    releasing: 'It is being released.',
    released: 'It was released. Claim again for another run.',
  },
  reveal: {},
};

/** Why an action on a claim isn't open now, whoever asks; null where it is. `now`: the server's time in epoch ms. */
export function claimStateRefusal(action: ClaimAction, claim: ClaimSubject, now: number): string | null {
  const reason = notNow[action][claim.state];
  if (reason !== undefined) return reason;
  switch (action) {
    case 'spawn':
      return claim.spawnBy !== null && now >= Date.parse(claim.spawnBy) ? over.expired : null;
    case 'cancel':
      // After a call without an answer nothing waits at the scheduler any more.
      return claim.failure === null ? null : 'The scheduler did not answer. The claim ends by itself.';
    case 'retry':
      if (claim.adopted) return 'It was adopted, not claimed here. Start a new claim.';
      return claim.variablesDeleted === true
        ? 'Its variables were deleted seven days after its end. Start a new claim.'
        : null;
    default:
      return null;
  }
}

/** Why a person may not do this to a claim now, or null where they may. */
export function claimRefusal(
  action: ClaimAction,
  claim: ClaimSubject & Pick<Claim, 'owner'>,
  person: Person,
  now: number,
): string | null {
  return claimStateRefusal(action, claim, now) ?? actorRefusal(claim, person);
}

/** Why nobody can claim from a pool now, or null where they can. */
export function poolRefusal({ enabled }: Pick<FunctionPool, 'enabled'>): string | null {
  return enabled ? null : 'The function is disabled. Enable its container on Cycle first.';
}

/**
 * Why a person may not claim from a pool now, or null where they may. A pool with no idle instance is no reason: the
 * scheduler lets a claim wait for up to `max_queue_time` (Cycle scheduler API docs).
 */
export function newClaimRefusal(
  pool: Pick<FunctionPool, 'enabled' | 'instances'>,
  role: Role,
): string | null {
  const empty = pool.instances === 0 ? 'The pool has no instances yet.' : null;
  return roleRefusal(role, 'operator') ?? poolRefusal(pool) ?? empty;
}
