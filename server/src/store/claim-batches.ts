import { batchState } from '@cyclorama/shared/claims.ts';
import { openBatchStates } from '@cyclorama/shared/rules/batches.ts';
import { openClaimStates } from '@cyclorama/shared/rules/claims.ts';
import type { Kysely, Selectable, Updateable } from 'kysely';

import type { RequestKey } from '../lib/idempotency.ts';
import { knownClaim } from './claims.ts';
import type { ClaimRow } from './claims.ts';
import { knownOr } from './known-values.ts';
import { isHeldBy, leaseIsOver } from './leases.ts';
import { insertRequestKey } from './request-keys.ts';
import type { ClaimBatchTable, Database } from './schema.ts';

export type BatchRow = Selectable<ClaimBatchTable>;
export type BatchPatch = Omit<Updateable<ClaimBatchTable>, 'id'>;

const knownState = knownOr(batchState.options, 'stopped');
const known = (row: BatchRow): BatchRow => ({ ...row, state: knownState(row.state) });

/** With the key it was requested with. */
export async function insertBatch(
  db: Kysely<Database>,
  row: BatchRow,
  requestKey: RequestKey | null = null,
): Promise<void> {
  await insertRequestKey(db, requestKey, { outcome: row.id, at: row.requested_at });
  await db.insertInto('claim_batches').values(row).execute();
}

export async function batchById(db: Kysely<Database>, id: string): Promise<BatchRow | null> {
  const row = await db.selectFrom('claim_batches').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : known(row);
}

export async function batchesByIds(db: Kysely<Database>, ids: string[]): Promise<BatchRow[]> {
  return (await db.selectFrom('claim_batches').selectAll().where('id', 'in', ids).execute()).map(known);
}

export async function listBatches(db: Kysely<Database>, limit: number): Promise<BatchRow[]> {
  const rows = await db
    .selectFrom('claim_batches')
    .selectAll()
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(known);
}

export async function countOpenBatches(db: Kysely<Database>, owner: string): Promise<number> {
  const { count } = await db
    .selectFrom('claim_batches')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('owner', '=', owner)
    .where('state', 'in', openBatchStates)
    .executeTakeFirstOrThrow();
  return count;
}

/** Open batches without a live lease at `now`; with `anyRunner` whoever holds them. Oldest first. */
export async function orphanedBatches(
  db: Kysely<Database>,
  now: number,
  anyRunner: boolean,
): Promise<BatchRow[]> {
  let select = db.selectFrom('claim_batches').selectAll().where('state', 'in', openBatchStates);
  if (!anyRunner) {
    select = select.where(leaseIsOver(now));
  }
  return select.orderBy('requested_at').orderBy('id').execute();
}

export async function takeBatch(
  db: Kysely<Database>,
  seen: Pick<BatchRow, 'id' | 'runner' | 'lease_until'>,
  lease: { runner: string; lease_until: number },
): Promise<BatchRow | null> {
  const row = await db
    .updateTable('claim_batches')
    .set(lease)
    .where('id', '=', seen.id)
    .where('state', 'in', openBatchStates)
    .where('runner', seen.runner === null ? 'is' : '=', seen.runner)
    .where('lease_until', seen.lease_until === null ? 'is' : '=', seen.lease_until)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Also extends this process's lease; null where it lost the batch. */
export async function saveBatch(
  db: Kysely<Database>,
  id: string,
  runner: string,
  patch: BatchPatch,
): Promise<BatchRow | null> {
  const row = await db
    .updateTable('claim_batches')
    .set(patch)
    .where(isHeldBy(runner, id))
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

export async function markStopping(db: Kysely<Database>, id: string): Promise<BatchRow | null> {
  const row = await db
    .updateTable('claim_batches')
    .set({ state: 'stopping' })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Includes runs that are not running yet, and survives restarts. */
export async function releaseRunsAt(db: Kysely<Database>, batchId: string, at: number): Promise<void> {
  await db
    .updateTable('claims')
    .set({ release_at: at })
    .where('batch_id', '=', batchId)
    .where('state', 'in', openClaimStates)
    .execute();
}

export async function claimsOfBatch(db: Kysely<Database>, batchId: string): Promise<ClaimRow[]> {
  const rows = await db
    .selectFrom('claims')
    .selectAll()
    .where('batch_id', '=', batchId)
    .orderBy('batch_index')
    .orderBy('batch_attempt')
    .execute();
  return rows.map(knownClaim);
}
