import { claimState } from '@cyclorama/shared/claims.ts';
import type { ClaimState } from '@cyclorama/shared/claims.ts';
import { openClaimStates } from '@cyclorama/shared/rules/claims.ts';
import { sql } from 'kysely';
import type { CompiledQuery, Insertable, Kysely, Selectable, Updateable } from 'kysely';

import { pendingEntries } from './activity-chain.ts';
import type { Kept, PendingEntries } from './activity-chain.ts';
import { withKnownState, withKnownStates } from './known-values.ts';
import type { ClaimTable, Database, TransitionTable } from './schema.ts';

export type ClaimRow = Selectable<ClaimTable>;
export type ClaimPatch = Omit<Updateable<ClaimTable>, 'id' | 'state'>;
export type ClaimStep = Omit<Insertable<TransitionTable<ClaimState>>, 'id' | 'subject_id'>;

export const knownClaim = withKnownState(claimState.options, 'lost');
const knownStep = withKnownStates(claimState.options, 'lost');

export type ClaimWrites = {
  db: Kysely<Database>;
  steps: (ClaimStep & { subject_id: string })[];
  entries: PendingEntries;
  kept: Kept;
};

/** `build` makes the statement on first use; `parameters` are in its order. */
async function runCached<R>(
  { db, kept }: ClaimWrites,
  key: string,
  parameters: unknown[],
  build: () => CompiledQuery,
): Promise<R[]> {
  const query = kept.get(key) ?? build();
  kept.set(key, query);
  const { rows } = await db.executeQuery<R>({ ...query, parameters });
  return rows;
}

/** Without undefined values, which have no place in a cached statement. */
function given<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

export async function insertClaim(writes: ClaimWrites, row: ClaimRow, step: ClaimStep): Promise<void> {
  await runCached(writes, `insert ${Object.keys(row).join()}`, Object.values(row), () =>
    writes.db.insertInto('claims').values(row).compile(),
  );
  writes.steps.push({ ...step, subject_id: row.id });
}

/**
 * By one step or several at once. Null where the claim has left the first step's `from_state`: someone else moved it
 * first, and nothing is written.
 */
export async function moveClaim(
  writes: ClaimWrites,
  id: string,
  path: [ClaimStep & { from_state: ClaimState }, ...ClaimStep[]],
  patch: ClaimPatch = {},
): Promise<ClaimRow | null> {
  const { db, steps } = writes;
  const from = path[0].from_state;
  const changes = given({ ...patch, state: path.at(-1)?.to_state ?? from });
  const key = `move ${Object.keys(changes).join()}`;
  const [moved] = await runCached<ClaimRow>(writes, key, [...Object.values(changes), id, from], () =>
    db
      .updateTable('claims')
      .set(changes)
      .where('id', '=', id)
      .where('state', '=', from)
      .returningAll()
      .compile(),
  );
  if (!moved) return null;
  steps.push(...path.map((step) => ({ ...step, subject_id: id })));
  return moved;
}

/** Small, to keep the number of distinct statements small. */
const STEPS_AT_ONCE = 16;

async function insertSteps(writes: ClaimWrites, steps: ClaimWrites['steps']): Promise<void> {
  const rows = steps.map(
    ({ subject_id, from_state = null, to_state, at, actor = null, cause, answer = null }) => ({
      subject_id,
      from_state,
      to_state,
      at,
      actor,
      cause,
      answer,
    }),
  );
  await runCached(writes, `steps ${rows.length}`, rows.flatMap(Object.values), () =>
    writes.db.insertInto('claim_transitions').values(rows).compile(),
  );
}

export function createClaimWriting() {
  const kept: Kept = new Map();
  const keptOfEntries: Kept = new Map();
  return {
    begin: (db: Kysely<Database>): ClaimWrites => ({
      db,
      steps: [],
      entries: pendingEntries(keptOfEntries),
      kept,
    }),
    async end(writes: ClaimWrites): Promise<void> {
      for (let at = 0; at < writes.steps.length; at += STEPS_AT_ONCE) {
        await insertSteps(writes, writes.steps.slice(at, at + STEPS_AT_ONCE));
      }
      await writes.entries.store(writes.db);
    },
  };
}

export async function claimById(db: Kysely<Database>, id: string): Promise<ClaimRow | null> {
  const row = await db.selectFrom('claims').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : knownClaim(row);
}

export async function claimsByIds(db: Kysely<Database>, ids: string[]): Promise<ClaimRow[]> {
  if (ids.length === 0) return [];
  return (await db.selectFrom('claims').selectAll().where('id', 'in', ids).execute()).map(knownClaim);
}

export type ClaimFilter = {
  state: 'open' | 'ended' | 'all';
  containerId?: string | undefined;
  owner?: string | undefined;
  batchId?: string | undefined;
  /** Case-insensitive text in ids, container, owner, state or failure. */
  q?: string | undefined;
};

export type ClaimCursor = Pick<ClaimRow, 'id' | 'requested_at'>;

const searched = [
  'id',
  'retry_of',
  'batch_id',
  'instance_id',
  'container_id',
  'container_name',
  'owner',
  'state',
  'failure_code',
  'failure_message',
] as const;

export async function listClaims(
  db: Kysely<Database>,
  filter: ClaimFilter & { limit: number; after?: ClaimCursor | undefined },
): Promise<ClaimRow[]> {
  const { state, containerId, owner, batchId, q, after } = filter;
  let select = db.selectFrom('claims').selectAll();
  if (state === 'open') select = select.where('state', 'in', openClaimStates);
  if (state === 'ended') select = select.where('state', 'not in', openClaimStates);
  if (containerId !== undefined) select = select.where('container_id', '=', containerId);
  if (owner !== undefined) select = select.where('owner', '=', owner);
  if (batchId !== undefined) select = select.where('batch_id', '=', batchId);
  if (q !== undefined && q.trim() !== '') {
    const pattern = `%${q
      .trim()
      .toLowerCase()
      .replaceAll(/[\\%_]/g, '\\$&')}%`;
    select = select.where((of) =>
      of.or(searched.map((column) => sql<boolean>`lower(${of.ref(column)}) like ${pattern} escape '\\'`)),
    );
  }
  if (after !== undefined) {
    const { id, requested_at: at } = after;
    select = select.where((of) =>
      of.or([of('requested_at', '<', at), of.and([of('requested_at', '=', at), of('id', '<', id)])]),
    );
  }
  const rows = await select
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute();
  return rows.map(knownClaim);
}

export async function openClaims(db: Kysely<Database>): Promise<ClaimRow[]> {
  return db
    .selectFrom('claims')
    .selectAll()
    .where('state', 'in', openClaimStates)
    .orderBy('requested_at')
    .execute();
}

export async function claimSteps(
  db: Kysely<Database>,
  claimId: string,
): Promise<Selectable<TransitionTable<ClaimState>>[]> {
  const steps = await db
    .selectFrom('claim_transitions')
    .selectAll()
    .where('subject_id', '=', claimId)
    .orderBy('id')
    .execute();
  return steps.map(knownStep);
}

export async function endedRuns(
  db: Kysely<Database>,
  containerId: string,
  limit: number,
): Promise<(ClaimRow & { spawn_sent_at: number | null })[]> {
  const rows = await db
    .selectFrom('claims')
    .selectAll()
    .select((of) =>
      of
        .selectFrom('claim_transitions')
        .select((step) => step.fn.max('at').as('at'))
        .whereRef('claim_transitions.subject_id', '=', 'claims.id')
        .where('from_state', '=', 'claimed')
        .where('to_state', '=', 'spawning')
        .as('spawn_sent_at'),
    )
    .where('container_id', '=', containerId)
    .where('spawned_at', 'is not', null)
    .where('ended_at', 'is not', null)
    .orderBy('requested_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(knownClaim);
}

/** Erases the variables kept for retries of claims that ended before `endedBefore`. Returns how many. */
export async function eraseVariables(db: Kysely<Database>, endedBefore: number): Promise<number> {
  const result = await db
    .updateTable('claims')
    .set({ variables: null })
    .where('variables', 'is not', null)
    .where('ended_at', '<', endedBefore)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
