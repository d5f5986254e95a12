import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import type { ClaimState } from '@cyclorama/shared/claims.ts';
import type { Failure } from '@cyclorama/shared/common.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../clock.ts';
import { AppError } from '../../errors.ts';
import type { EventHub } from '../../event-hub.ts';
import { insertClaim, moveClaim, openClaims, openClaimStates } from '../../store/claims.ts';
import type { ClaimPatch, ClaimRow } from '../../store/claims.ts';
import type { Database } from '../../store/schema.ts';
import type { ActivityNote, RecordActivity } from '../activity/service.ts';
import { presentClaim } from './claims.presenter.ts';
import { claimMoves } from './claims.rules.ts';

/** Why a claim moves: who asked (null = the system), in which words, and what the scheduler answered. */
export type Move = {
  actor: string | null;
  cause: string;
  answer?: string | null;
  /** Kept with the claim; null or absent clears what was there. */
  failure?: Failure | null;
  patch?: ClaimPatch;
};

export type Ledger = {
  /** Stores the intent; afterwards the request may leave. */
  open(row: ClaimRow, cause: string): Promise<ClaimRow>;
  /** Stores and publishes one step; a claim that is over loses its secrets. Throws AppError `conflict` where the claim was moved meanwhile. */
  move(row: ClaimRow, to: ClaimState, move: Move): Promise<ClaimRow>;
  /** Open claims as last known here; `refresh` reads them anew. */
  readonly openRows: ReadonlyMap<string, ClaimRow>;
  refresh(): Promise<ClaimRow[]>;
};

type Options = { db: Kysely<Database>; hub: EventHub; clock: Clock; record: RecordActivity };

/** The durable ledger of claims: the scheduler keeps no list of them ("Cycle scheduler API reference"). */
export function createLedger({ db, hub, clock, record }: Options): Ledger {
  const openRows = new Map<string, ClaimRow>();
  const keep = (row: ClaimRow): void => {
    if (openClaimStates.includes(row.state as ClaimState)) openRows.set(row.id, row);
    else openRows.delete(row.id);
    hub.publish({ type: 'claim', claim: presentClaim(row) });
  };

  return {
    openRows,
    async open(row, cause) {
      const step = {
        from_state: null,
        to_state: row.state,
        at: clock.now(),
        actor: row.owner,
        cause,
        answer: null,
      };
      await insertClaim(db, row, step);
      keep(row);
      await record(activityOf(row, 'requested', row.owner, cause));
      return row;
    },
    async move(row, to, { actor, cause, answer = null, failure = null, patch = {} }) {
      const from = row.state as ClaimState;
      if (!claimMoves[from].includes(to)) throw new Error(`a claim can not go from ${from} to ${to}`);
      const at = clock.now();
      const over = !openClaimStates.includes(to);
      const moved = await moveClaim(
        db,
        row.id,
        { from_state: from, to_state: to, at, actor, cause, answer },
        {
          ...patch,
          failure_code: failure?.code ?? null,
          failure_message: failure?.message ?? null,
          ...(over ? { ended_at: at, token: '', variables: null } : {}),
        },
      );
      if (!moved) {
        throw new AppError('conflict', 'This claim was changed by someone else meanwhile.', {
          hint: 'Look at its new state, then decide again.',
        });
      }
      keep(moved);
      if (from !== to) await record(activityOf(moved, to, actor, cause));
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

const outcomes: Record<ClaimState, ActivityEntry['outcome']> = {
  requested: 'started',
  claimed: 'done',
  spawning: 'started',
  running: 'done',
  releasing: 'started',
  released: 'done',
  refused: 'refused',
  expired: 'noticed',
  lost: 'failed',
  'ended-by-limit': 'noticed',
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
