import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import type { ClaimState } from '@cyclorama/shared/claims.ts';
import type { Failure } from '@cyclorama/shared/common.ts';
import { isOpenClaim } from '@cyclorama/shared/rules/claims.ts';
import type { Kysely } from 'kysely';

import type { ActivityNote } from '../../../lib/activity-note.ts';
import type { Clock } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import type { RecordActivityWithin } from '../../../store/activity.ts';
import { createClaimWriting, insertClaim, moveClaim, openClaims } from '../../../store/claims.ts';
import type { ClaimPatch, ClaimRow } from '../../../store/claims.ts';
import type { Commit } from '../../../store/commit.ts';
import { createGroupCommit } from '../../../store/group-commit.ts';
import type { Database } from '../../../store/schema.ts';
import { presentClaim } from './presenter.ts';
import { claimMoves } from './rules.ts';

/** Why a claim moves: who asked (null = the system), in which words, and what the scheduler answered. */
export type Move = {
  actor: string | null;
  cause: string;
  answer?: string | null;
  /** Kept with the claim; null or absent clears what was there. */
  failure?: Failure | null;
  patch?: ClaimPatch;
  /** A state it passes on the way, in the same write; with the reasons and changes that belong to it. */
  via?: { state: ClaimState } & Pick<Move, 'actor' | 'cause' | 'answer' | 'patch'>;
};

export type Ledger = {
  /** Stores the intent; afterwards the request may leave. */
  open(row: ClaimRow, cause: string): Promise<ClaimRow>;
  /**
   * Stores and publishes one step. A claim that is over loses its token, and its variables unless it may be tried
   * again. Throws AppError `conflict` where the claim was moved meanwhile.
   */
  move(row: ClaimRow, to: ClaimState, move: Move): Promise<ClaimRow>;
  /** Open claims as last known here; `refresh` reads them anew. */
  readonly openRows: ReadonlyMap<string, ClaimRow>;
  refresh(): Promise<ClaimRow[]>;
  /** Calls `listener` with every claim this process opens or moves, once that is stored. */
  watch(listener: (row: ClaimRow) => void): void;
  /** The claim after its next step here that is `wanted`; `forget` where it is not waited for. */
  next(id: string, wanted: (row: ClaimRow) => boolean): { row: Promise<ClaimRow>; forget: () => void };
};

type Options = {
  db: Kysely<Database>;
  commit: Commit;
  hub: EventHub;
  clock: Clock;
  recordWithin: RecordActivityWithin;
};

/** The durable ledger of claims: the scheduler keeps no list of them ("Cycle scheduler API reference"). */
export function createLedger({ db, commit, hub, clock, recordWithin }: Options): Ledger {
  const openRows = new Map<string, ClaimRow>();
  const listeners = new Set<(row: ClaimRow) => void>();
  const group = createGroupCommit(commit, createClaimWriting());
  const keep = (row: ClaimRow): void => {
    if (isOpenClaim(row)) openRows.set(row.id, row);
    else openRows.delete(row.id);
    hub.publish({
      type: 'claim',
      // Put together only where someone watches.
      get claim() {
        return presentClaim(row);
      },
    });
    for (const listener of listeners) listener(row);
  };

  return {
    openRows,
    watch: (listener) => void listeners.add(listener),
    next(id, wanted) {
      const { promise, resolve } = Promise.withResolvers<ClaimRow>();
      const listener = (row: ClaimRow): void => {
        if (row.id !== id || !wanted(row)) return;
        listeners.delete(listener);
        resolve(row);
      };
      listeners.add(listener);
      return { row: promise, forget: () => void listeners.delete(listener) };
    },
    async open(row, cause) {
      const { state: to_state, owner: actor } = row;
      const step = { from_state: null, to_state, at: clock.now(), actor, cause, answer: null };
      const publish = await group.run(async (writes) => {
        await insertClaim(writes, row, step);
        return noteworthy(row) ? recordWithin(writes.db, activityOf(row, 'requested', actor, cause)) : null;
      });
      keep(row);
      publish?.();
      return row;
    },
    async move(row, to, move) {
      const { failure = null, patch = {}, via } = move;
      const at = clock.now();
      const changes: ClaimPatch = {
        ...via?.patch,
        ...releaseTime(row, via?.state === 'running' ? 'running' : to, { ...via?.patch, ...patch }),
        ...patch,
        failure_code: failure?.code ?? null,
        failure_message: failure?.message ?? null,
        ...(isOpenClaim({ state: to }) ? {} : ending(to, at)),
      };
      const path = pathOf(row.state, to, move, at);
      const { moved, publish } = await group.run(async (writes) => {
        const after = await moveClaim(writes, row.id, path, changes);
        if (after === null || !noteworthy(after)) return { moved: after, publish: [] };
        const told: (() => void)[] = [];
        for (const { from_state: from, to_state, actor, cause } of path) {
          if (from === to_state) continue;
          told.push(await recordWithin(writes.db, activityOf(after, to_state, actor, cause)));
        }
        return { moved: after, publish: told };
      });
      if (!moved) {
        throw new AppError('conflict', 'This claim was changed by someone else meanwhile.', {
          hint: 'Look at its new state, then decide again.',
        });
      }
      keep(moved);
      for (const tell of publish) tell();
      return moved;
    },
    async refresh() {
      const rows = await openClaims(db);
      openRows.clear();
      for (const row of rows) openRows.set(row.id, row);
      return rows;
    },
  };
}

type PathStep = {
  from_state: ClaimState;
  to_state: ClaimState;
  at: number;
  actor: string | null;
  cause: string;
  answer: string | null;
};

/** The steps of one move. Throws where the rules know none of them. */
function pathOf(from: ClaimState, to: ClaimState, move: Move, at: number): [PathStep, ...PathStep[]] {
  const step = (
    from_state: ClaimState,
    to_state: ClaimState,
    { actor, cause, answer = null }: Pick<Move, 'actor' | 'cause' | 'answer'>,
  ): PathStep => {
    if (!claimMoves[from_state].includes(to_state)) {
      throw new Error(`a claim can not go from ${from_state} to ${to_state}`);
    }
    return { from_state, to_state, at, actor, cause, answer };
  };
  const { via } = move;
  return via === undefined ? [step(from, to, move)] : [step(from, via.state, via), step(via.state, to, move)];
}

/** The time of its own release counts from the moment it runs. */
function releaseTime(row: ClaimRow, to: ClaimState, patch: ClaimPatch): ClaimPatch {
  const { spawned_at: spawnedAt } = patch;
  if (to !== 'running' || row.release_after_seconds === null || typeof spawnedAt !== 'number') return {};
  return { release_at: spawnedAt + row.release_after_seconds * 1_000 };
}

/** What a claim loses with its end: always the token; the variables only where nobody would try it again. */
function ending(to: ClaimState, at: number): ClaimPatch {
  return { ended_at: at, token: '', ...(to === 'released' ? { variables: null } : {}) };
}

/** A batch has entries of its own; of its runs only what needs a look is told one by one. */
function noteworthy(row: ClaimRow): boolean {
  return row.batch_id === null || row.state === 'lost';
}

const outcomes: Record<ClaimState, ActivityEntry['outcome']> = {
  requested: 'started',
  claimed: 'done',
  spawning: 'started',
  running: 'done',
  releasing: 'started',
  released: 'done',
  refused: 'refused',
  expired: 'detected',
  lost: 'failed',
  'ended-by-limit': 'detected',
};
const verbs: Record<ClaimState, string> = {
  requested: 'claim.request',
  claimed: 'claim.claim',
  spawning: 'claim.spawn',
  running: 'claim.spawn',
  releasing: 'claim.release',
  released: 'claim.release',
  refused: 'claim.claim',
  expired: 'claim.expire',
  lost: 'claim.lose',
  'ended-by-limit': 'claim.end',
};

function activityOf(row: ClaimRow, to: ClaimState, actor: string | null, cause: string): ActivityNote {
  const subject = { kind: 'claim', id: row.id, name: row.container_name };
  return { actor, action: verbs[to], subject, outcome: outcomes[to], detail: row.failure_message ?? cause };
}
