import { setImmediate as turn } from 'node:timers/promises';

import { claimState } from '@cyclorama/shared/claims.ts';
import { taskState } from '@cyclorama/shared/environment.ts';
import { openBatchStates } from '@cyclorama/shared/rules/batches.ts';
import { endedBookingStates } from '@cyclorama/shared/rules/bookings.ts';
import { openClaimStates } from '@cyclorama/shared/rules/claims.ts';
import { openTaskStates } from '@cyclorama/shared/rules/tasks.ts';
import type { Kysely } from 'kysely';

import type { Database } from '../schema.ts';

/** Limits how long others wait for a transaction. */
const ROWS_AT_ONCE = 200;

// States are named, so that those of a newer release are kept.
const endedClaimStates = claimState.options.filter((state) => !openClaimStates.includes(state));
const endedTaskStates = taskState.options.filter((state) => !openTaskStates.includes(state));

export type Prune = (db: Kysely<Database>, before: number, isWanted: () => boolean) => Promise<void>;

/** `removeSome` removes a few and tells how many; the next few are another transaction's. */
function inSmallTransactions(
  removeSome: (within: Kysely<Database>, before: number) => Promise<number>,
): Prune {
  return async (db, before, isWanted) => {
    while (isWanted()) {
      const removed = await db.transaction().execute((within) => removeSome(within, before));
      if (removed === 0) return;
      await turn();
    }
  };
}

/** Claims that ended before `before` (epoch milliseconds), with their steps; not those of a batch that runs. */
export const pruneClaims = inSmallTransactions(async (within, before) => {
  const old = within
    .selectFrom('claims')
    .select('id')
    .where('requested_at', '<', before)
    .where('ended_at', '<', before)
    .where('state', 'in', endedClaimStates)
    .where((of) =>
      of.or([
        of('batch_id', 'is', null),
        of(
          'batch_id',
          'not in',
          of.selectFrom('claim_batches').select('id').where('state', 'in', openBatchStates),
        ),
      ]),
    )
    .orderBy('requested_at')
    .limit(ROWS_AT_ONCE);
  const gone = await within
    .deleteFrom('claims')
    .where('id', 'in', old)
    .where('state', 'in', endedClaimStates)
    .returning('id')
    .execute();
  await removeOf(within, 'claim_transitions', gone);
  return gone.length;
});

/** Batches of claims that ended before `before` and of which no claim is kept. */
export const pruneClaimBatches = inSmallTransactions(async (within, before) => {
  const old = within
    .selectFrom('claim_batches')
    .select('id')
    .where('requested_at', '<', before)
    .where('ended_at', '<', before)
    .where('state', 'not in', openBatchStates)
    .where((of) =>
      of.not(
        of.exists(
          of.selectFrom('claims').select('claims.id').whereRef('claims.batch_id', '=', 'claim_batches.id'),
        ),
      ),
    )
    .limit(ROWS_AT_ONCE);
  const gone = await within.deleteFrom('claim_batches').where('id', 'in', old).returning('id').execute();
  return gone.length;
});

/** Bookings that ended before `before`, with their steps and hand-overs. One that is opened again meanwhile stays. */
export const pruneBookings = inSmallTransactions(async (within, before) => {
  const old = within
    .selectFrom('bookings')
    .select('id')
    .where('requested_at', '<', before)
    .where('ended_at', '<', before)
    .where('state', 'in', endedBookingStates)
    .orderBy('requested_at')
    .limit(ROWS_AT_ONCE);
  const gone = await within
    .deleteFrom('bookings')
    .where('id', 'in', old)
    .where('state', 'in', endedBookingStates)
    .returning('id')
    .execute();
  await removeOf(within, 'booking_transitions', gone);
  if (gone.length > 0)
    await within
      .deleteFrom('booking_hand_overs')
      .where(
        'booking_id',
        'in',
        gone.map(({ id }) => id),
      )
      .execute();
  return gone.length;
});

/** Tasks that ended before `before`. */
export const pruneTasks = inSmallTransactions(async (within, before) => {
  const old = within
    .selectFrom('tasks')
    .select('id')
    .where('requested_at', '<', before)
    .where('finished_at', '<', before)
    .where('state', 'in', endedTaskStates)
    .orderBy('requested_at')
    .limit(ROWS_AT_ONCE);
  const gone = await within.deleteFrom('tasks').where('id', 'in', old).returning('id').execute();
  return gone.length;
});

/** Actions on many instances that ended before `before`, one at a time with its items, of which it may have thousands. */
export const pruneTaskBatches = inSmallTransactions(async (within, before) => {
  const old = within
    .selectFrom('task_batches')
    .select('id')
    .where('requested_at', '<', before)
    .where('finished_at', '<', before)
    .where('state', '=', 'ended')
    .limit(1);
  const [gone] = await within.deleteFrom('task_batches').where('id', 'in', old).returning('id').execute();
  if (gone === undefined) return 0;
  await within.deleteFrom('task_batch_items').where('batch_id', '=', gone.id).execute();
  return 1;
});

async function removeOf(
  within: Kysely<Database>,
  table: 'claim_transitions' | 'booking_transitions',
  subjects: readonly { id: string }[],
): Promise<void> {
  if (subjects.length === 0) return;
  await within
    .deleteFrom(table)
    .where(
      'subject_id',
      'in',
      subjects.map(({ id }) => id),
    )
    .execute();
}
