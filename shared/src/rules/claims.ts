import type { Claim, ClaimState, FunctionPool } from '../claims.ts';
import type { Role } from '../common.ts';
import { actorRefusal, roleRefusal } from './roles.ts';
import type { Person } from './roles.ts';

export type ClaimAction = 'spawn' | 'release' | 'cancel' | 'retry' | 'reveal';

/** `variablesDeleted`: they are deleted after seven days. */
export type ClaimSubject = Pick<Claim, 'state' | 'spawnBy' | 'adopted' | 'failure'> & {
  variablesDeleted?: boolean;
};

export const openClaimStates: readonly ClaimState[] = [
  'requested',
  'claimed',
  'spawning',
  'running',
  'releasing',
];

/** What the scheduler lists as in use ("Cycle function containers"). */
export const upInstanceStates: readonly string[] = ['starting', 'running', 'migrating'];

export function isOpenClaim({ state }: Pick<Claim, 'state'>): boolean {
  return openClaimStates.includes(state);
}

/** Offered per state, the most likely last; a refused action is still shown, with its reason. */
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

/** An adopted claim was not claimed from here, so it can't be retried. */
export function claimActionsOf({ state, adopted }: Pick<Claim, 'state' | 'adopted'>): readonly ClaimAction[] {
  return adopted ? offered[state].filter((action) => action !== 'retry') : offered[state];
}

const over = {
  released: 'It was released.',
  refused: 'The scheduler refused this claim. Claim again.',
  expired: 'It was not spawned within ten seconds and went back to the pool. Claim again.',
  lost: 'The outcome of this claim is unknown.',
  'ended-by-limit': 'It reached its run-time limit and was stopped.',
} satisfies Partial<Record<ClaimState, string>>;

/**
 * Unlisted states allow the action. Mirrors the Cycle scheduler API docs: `claim` reserves one idle instance, `spawn`
 * needs the claim's token and instance within ten seconds, `release` stops the instance and returns it. Neither is
 * defined without an instance or after the end. Cancel, retry and reveal are Cyclorama's own: only waiting claims can
 * be cancelled, only failed ones retried, and the ledger keeps what may be revealed.
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

/** For any person. `now`: the server's time, epoch milliseconds. */
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

export function claimRefusal(
  action: ClaimAction,
  claim: ClaimSubject & Pick<Claim, 'owner'>,
  person: Person,
  now: number,
): string | null {
  return claimStateRefusal(action, claim, now) ?? actorRefusal(claim, person);
}

export function poolRefusal({ enabled }: Pick<FunctionPool, 'enabled'>): string | null {
  return enabled ? null : 'The function is disabled. Enable its container on Cycle first.';
}

/**
 * No idle instance is no refusal: the scheduler lets a claim wait up to `max_queue_time` (Cycle scheduler API docs).
 */
export function newClaimRefusal(
  pool: Pick<FunctionPool, 'enabled' | 'instances'>,
  role: Role,
): string | null {
  const empty = pool.instances === 0 ? 'The pool has no instances yet.' : null;
  return roleRefusal(role, 'operator') ?? poolRefusal(pool) ?? empty;
}
