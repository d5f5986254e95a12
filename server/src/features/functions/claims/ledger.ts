import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import type { ClaimState } from '@cyclorama/shared/claims.ts';
import type { Failure } from '@cyclorama/shared/common.ts';
import { isOpenClaim } from '@cyclorama/shared/rules/claims.ts';
import type { Kysely } from 'kysely';

import type { ActivityNote } from '../../../lib/activity-note.ts';
import type { Clock } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import type { RequestKey } from '../../../lib/idempotency.ts';
import {
  claimsByIds,
  createClaimWriting,
  insertClaim,
  moveClaim,
  openClaims,
} from '../../../store/claims.ts';
import type { ClaimPatch, ClaimRow } from '../../../store/claims.ts';
import type { Commit } from '../../../store/commit.ts';
import { createGroupCommit } from '../../../store/group-commit.ts';
import type { RecordWithin } from '../../../store/on-record.ts';
import { insertRequestKey } from '../../../store/request-keys.ts';
import type { Database } from '../../../store/schema.ts';
import { presentClaim } from './presenter.ts';
import { claimMoves } from './rules.ts';

export type Move = {
  actor: string | null;
  cause: string;
  answer?: string | null;
  /** Null or absent clears the stored one. */
  failure?: Failure | null;
  patch?: ClaimPatch;
  /** Stored with the step. */
  requestKey?: RequestKey | null;
  /** A state passed through in the same write. */
  via?: { state: ClaimState } & Pick<Move, 'actor' | 'cause' | 'answer' | 'patch'>;
};

export type Ledger = {
  /** Stores the intent and the key it was requested with; only then may the request be sent. */
  open(row: ClaimRow, cause: string, requestKey?: RequestKey | null): Promise<ClaimRow>;
  /**
   * Stores and publishes one step. An ended claim loses its token, and its variables unless it can be retried. Throws
   * AppError `conflict` if the claim was moved meanwhile.
   */
  move(row: ClaimRow, to: ClaimState, move: Move): Promise<ClaimRow>;
  /** As of the last `refresh` or move here. */
  readonly openRows: ReadonlyMap<string, ClaimRow>;
  refresh(): Promise<ClaimRow[]>;
  /** Takes up rows that another replica changed. */
  reread(ids: string[]): Promise<ClaimRow[]>;
  /** Called for every claim this process opens or moves, after it is stored. */
  watch(listener: (row: ClaimRow) => void): void;
  /** Resolves with the next step of this process that is `wanted`; call `forget` to stop waiting. */
  next(id: string, wanted: (row: ClaimRow) => boolean): { row: Promise<ClaimRow>; forget: () => void };
};

type Options = {
  db: Kysely<Database>;
  commit: Commit;
  hub: EventHub;
  clock: Clock;
  recordWithin: RecordWithin;
};

/** Claims are stored here because the scheduler keeps no list of them ("Cycle scheduler API reference"). */
export function createLedger({ db, commit, hub, clock, recordWithin }: Options): Ledger {
  const openRows = new Map<string, ClaimRow>();
  const listeners = new Set<(row: ClaimRow) => void>();
  const group = createGroupCommit(commit, createClaimWriting());
  /** Moved here while rows were being read, so newer than what was read; a set for each read. */
  const movedMeanwhile = new Set<Set<string>>();
  const keep = (row: ClaimRow): void => {
    if (isOpenClaim(row)) openRows.set(row.id, row);
    else openRows.delete(row.id);
  };
  /** Of the rows that `read` finds, those that were not moved here meanwhile. */
  const unmoved = async (
    read: () => Promise<ClaimRow[]>,
  ): Promise<{ rows: ClaimRow[]; moved: Set<string> }> => {
    const moved = new Set<string>();
    movedMeanwhile.add(moved);
    try {
      const rows = await read();
      return { rows: rows.filter(({ id }) => !moved.has(id)), moved };
    } finally {
      movedMeanwhile.delete(moved);
    }
  };
  const apply = (row: ClaimRow): void => {
    for (const moved of movedMeanwhile) moved.add(row.id);
    keep(row);
    hub.publish({
      type: 'claim',
      // Built only if someone is subscribed.
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
    async open(row, cause, requestKey) {
      const { state: to_state, owner: actor } = row;
      const step = { from_state: null, to_state, at: clock.now(), actor, cause, answer: null };
      const publish = await group.run(async (writes) => {
        await insertRequestKey(writes.db, requestKey, { outcome: row.id, at: step.at });
        await insertClaim(writes, row, step);
        return noteworthy(row)
          ? recordWithin(writes.entries, activityOf(row, 'requested', actor, cause))
          : null;
      });
      apply(row);
      publish?.();
      return row;
    },
    async move(row, to, move) {
      const { failure = null, patch = {}, via, requestKey } = move;
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
        if (after !== null) await insertRequestKey(writes.db, requestKey, { outcome: row.id, at });
        if (after === null || !noteworthy(after)) return { moved: after, publish: [] };
        const publishers: (() => void)[] = [];
        for (const { from_state: from, to_state, actor, cause } of path) {
          if (from === to_state) continue;
          publishers.push(recordWithin(writes.entries, activityOf(after, to_state, actor, cause)));
        }
        return { moved: after, publish: publishers };
      });
      if (!moved) {
        throw new AppError('conflict', 'Someone else changed this claim first.', {
          hint: 'Check its new state, then try again.',
        });
      }
      apply(moved);
      for (const publishOne of publish) publishOne();
      return moved;
    },
    async refresh() {
      const { rows, moved } = await unmoved(() => openClaims(db));
      const read = new Set(rows.map(({ id }) => id));
      for (const id of openRows.keys()) if (!read.has(id) && !moved.has(id)) openRows.delete(id);
      rows.forEach(keep);
      return [...openRows.values()];
    },
    async reread(ids) {
      const { rows } = await unmoved(() => claimsByIds(db, ids));
      rows.forEach(keep);
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

/** Throws if the rules don't allow a step. */
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

/** The release time counts from the start of the run. */
function releaseTime(row: ClaimRow, to: ClaimState, patch: ClaimPatch): ClaimPatch {
  const { spawned_at: spawnedAt } = patch;
  if (to !== 'running' || row.release_after_seconds === null || typeof spawnedAt !== 'number') return {};
  return { release_at: spawnedAt + row.release_after_seconds * 1_000 };
}

/** Ended claims lose their token; variables are kept for a retry unless the claim was released. */
function ending(to: ClaimState, at: number): ClaimPatch {
  return { ended_at: at, token: '', ...(to === 'released' ? { variables: null } : {}) };
}

/** A batch records its own activity; of its runs only lost ones are recorded. */
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
