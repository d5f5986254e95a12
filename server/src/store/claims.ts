import type { ClaimState } from '@cyclorama/shared/claims.ts';
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';

import type { ClaimTable, Database, TransitionTable } from './schema.ts';

export type ClaimRow = Selectable<ClaimTable>;
export type ClaimPatch = Omit<Updateable<ClaimTable>, 'id' | 'state'>;
/** One step of a claim's life, without what the table numbers itself. */
export type ClaimStep = Omit<Insertable<TransitionTable>, 'id' | 'subject_id'>;

export const openClaimStates: ClaimState[] = ['requested', 'claimed', 'spawning', 'running', 'releasing'];

/** Writes a new claim and the first step of its life in one transaction. */
export async function insertClaim(db: Kysely<Database>, row: ClaimRow, step: ClaimStep): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction.insertInto('claims').values(row).execute();
    await transaction
      .insertInto('claim_transitions')
      .values({ ...step, subject_id: row.id })
      .execute();
  });
}

/**
 * Moves a claim on and keeps the step, in one transaction. Null where the claim is not in `step.from_state` any more:
 * someone else moved it first, and nothing is written.
 */
export async function moveClaim(
  db: Kysely<Database>,
  id: string,
  step: ClaimStep & { from_state: string },
  patch: ClaimPatch = {},
): Promise<ClaimRow | null> {
  return db.transaction().execute(async (transaction) => {
    const moved = await transaction
      .updateTable('claims')
      .set({ ...patch, state: step.to_state })
      .where('id', '=', id)
      .where('state', '=', step.from_state)
      .returningAll()
      .executeTakeFirst();
    if (!moved) return null;
    await transaction
      .insertInto('claim_transitions')
      .values({ ...step, subject_id: id })
      .execute();
    return moved;
  });
}

export async function claimById(db: Kysely<Database>, id: string): Promise<ClaimRow | null> {
  return (await db.selectFrom('claims').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Claims newest first, by whether they are over and by container. */
export async function listClaims(
  db: Kysely<Database>,
  query: { state: 'open' | 'ended' | 'all'; containerId?: string | undefined; limit: number },
): Promise<ClaimRow[]> {
  let select = db.selectFrom('claims').selectAll();
  if (query.state === 'open') select = select.where('state', 'in', openClaimStates);
  if (query.state === 'ended') select = select.where('state', 'not in', openClaimStates);
  if (query.containerId !== undefined) select = select.where('container_id', '=', query.containerId);
  return select.orderBy('requested_at', 'desc').orderBy('id').limit(query.limit).execute();
}

/** Every claim that is not over, oldest first. */
export async function openClaims(db: Kysely<Database>): Promise<ClaimRow[]> {
  return db
    .selectFrom('claims')
    .selectAll()
    .where('state', 'in', openClaimStates)
    .orderBy('requested_at')
    .execute();
}

/** The steps of one claim's life, oldest first. */
export async function claimSteps(
  db: Kysely<Database>,
  claimId: string,
): Promise<Selectable<TransitionTable>[]> {
  return db
    .selectFrom('claim_transitions')
    .selectAll()
    .where('subject_id', '=', claimId)
    .orderBy('id')
    .execute();
}
