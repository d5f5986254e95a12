import { claimState } from '@cyclorama/shared/claims.ts';
import { taskState } from '@cyclorama/shared/environment.ts';
import { bookingState } from '@cyclorama/shared/robots.ts';
import { openBookingStates } from '@cyclorama/shared/rules/bookings.ts';
import { openClaimStates } from '@cyclorama/shared/rules/claims.ts';
import { openTaskStates } from '@cyclorama/shared/rules/tasks.ts';
import { afterEach, expect, it } from 'vitest';

import { batchRow } from '../../testing/builders/batches.ts';
import { bookingRow } from '../../testing/builders/bookings.ts';
import { claimRow } from '../../testing/builders/claims.ts';
import { taskRow } from '../../testing/builders/tasks.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import { insertBooking } from '../bookings.ts';
import { insertTaskBatch } from '../task-batches.ts';
import { DAY_MS } from './kept.ts';
import { pruneBookings, pruneClaimBatches, pruneClaims, pruneTaskBatches, pruneTasks } from './ledgers.ts';
import type { Prune } from './ledgers.ts';

const NOW = 1_795_000_000_000;
const BEFORE = NOW - 400 * DAY_MS;
const ages = [
  { of: 'old', at: BEFORE - DAY_MS },
  { of: 'young', at: BEFORE + DAY_MS },
];

describeOnEachEngine('ledgers', (bench) => {
  const idsIn = async (table: 'claims' | 'bookings' | 'tasks' | 'claim_batches' | 'task_batches') => {
    const rows = await bench.store.db.selectFrom(table).select('id').orderBy('id').execute();
    return rows.map(({ id }) => id);
  };
  const prune = (run: Prune, isWanted = () => true): Promise<void> => run(bench.store.db, BEFORE, isWanted);

  afterEach(async () => {
    const { db } = bench.store;
    for (const table of [
      'claims',
      'claim_transitions',
      'claim_batches',
      'bookings',
      'booking_transitions',
      'booking_hand_overs',
      'tasks',
      'task_batches',
      'task_batch_items',
    ] as const)
      await db.deleteFrom(table).execute();
  });

  it('lose claims that ended long ago, with their steps; open ones stay however old', async () => {
    const { db } = bench.store;
    for (const { of, at } of ages)
      for (const state of claimState.options) {
        const id = `${of} ${state}`;
        const ended = openClaimStates.includes(state) ? null : at;
        await db
          .insertInto('claims')
          .values(claimRow({ id, state, requested_at: at - 1, ended_at: ended }))
          .execute();
        await db
          .insertInto('claim_transitions')
          .values({
            subject_id: id,
            at,
            from_state: null,
            to_state: state,
            actor: null,
            cause: '',
            answer: null,
          })
          .execute();
      }
    // Asked for long ago and ended lately.
    await db
      .insertInto('claims')
      .values(claimRow({ id: 'long', state: 'released', requested_at: BEFORE - DAY_MS, ended_at: NOW }))
      .execute();
    await prune(pruneClaims);
    const kept = [
      'long',
      ...openClaimStates.map((state) => `old ${state}`),
      ...claimState.options.map((state) => `young ${state}`),
    ].toSorted();
    expect(await idsIn('claims')).toEqual(kept);
    const steps = await db.selectFrom('claim_transitions').select('subject_id').execute();
    expect(steps.map(({ subject_id: id }) => id).toSorted()).toEqual(kept.filter((id) => id !== 'long'));
  });

  it('lose a batch only after its claims, and no claim of one that runs', async () => {
    const { db } = bench.store;
    const [old, young] = ages.map(({ at }) => at);
    const batches = [
      batchRow({ id: 'done', state: 'done', requested_at: old, ended_at: old }),
      batchRow({ id: 'held', state: 'stopped', requested_at: old, ended_at: old }),
      batchRow({ id: 'runs', state: 'running', requested_at: old }),
      batchRow({ id: 'young', state: 'done', requested_at: old, ended_at: young }),
    ];
    await db.insertInto('claim_batches').values(batches).execute();
    const claim = { state: 'released' as const, requested_at: old, ended_at: old, batch_attempt: 0 };
    await db
      .insertInto('claims')
      .values([
        claimRow({ ...claim, id: 'of done', batch_id: 'done', batch_index: 0 }),
        claimRow({ ...claim, id: 'of held', batch_id: 'held', batch_index: 0, ended_at: NOW }),
        claimRow({ ...claim, id: 'of runs', batch_id: 'runs', batch_index: 0 }),
      ])
      .execute();
    await prune(pruneClaimBatches);
    expect(await idsIn('claim_batches')).toEqual(['done', 'held', 'runs', 'young']);
    await prune(pruneClaims);
    await prune(pruneClaimBatches);
    expect(await idsIn('claims')).toEqual(['of held', 'of runs']);
    expect(await idsIn('claim_batches')).toEqual(['held', 'runs', 'young']);
  });

  it('lose bookings that ended long ago, with their steps and hand-overs; open ones stay', async () => {
    const { db } = bench.store;
    for (const { of, at } of ages)
      for (const state of bookingState.options) {
        const id = `${of} ${state}`;
        const ended_at = openBookingStates.includes(state) ? null : at;
        const step = { at, from_state: null, to_state: state, actor: null, cause: '', answer: null };
        await insertBooking(db, bookingRow({ id, state, requested_at: at - 1, ended_at }), step);
        await db
          .insertInto('booking_hand_overs')
          .values({
            id,
            booking_id: id,
            at,
            from_owner: null,
            to_owner: 'vera',
            actor: null,
            dismissed_at: null,
          })
          .execute();
      }
    await prune(pruneBookings);
    const kept = [
      ...openBookingStates.map((state) => `old ${state}`),
      ...bookingState.options.map((state) => `young ${state}`),
    ].toSorted();
    expect(await idsIn('bookings')).toEqual(kept);
    const steps = await db.selectFrom('booking_transitions').select('subject_id as id').execute();
    const handOvers = await db.selectFrom('booking_hand_overs').select('booking_id as id').execute();
    for (const rows of [steps, handOvers]) expect(rows.map(({ id }) => id).toSorted()).toEqual(kept);
  });

  it('lose tasks and actions on many that ended long ago; open ones stay', async () => {
    const { db } = bench.store;
    const tasks = ages.flatMap(({ of, at }) =>
      taskState.options.map((state) =>
        taskRow({
          id: `${of} ${state}`,
          state,
          requested_at: at - 1,
          finished_at: openTaskStates.includes(state) ? null : at,
        }),
      ),
    );
    await db.insertInto('tasks').values(tasks).execute();
    for (const { of, at } of ages)
      for (const state of ['running', 'stopping', 'ended'] as const) {
        const row = {
          id: `${of} ${state}`,
          action: 'stop' as const,
          requested_by: 'oscar',
          requested_at: at - 1,
          state,
          concurrency: 1,
          stop_after_failures: null,
          finished_at: state === 'ended' ? at : null,
          runner: null,
          lease_until: null,
        };
        const items = [0, 1].map((position) => ({
          batch_id: row.id,
          position,
          instance_id: `i${position}`,
          instance_name: '',
          state: 'done' as const,
          detail: null,
          finished_at: at,
        }));
        await insertTaskBatch(db, row, items, null);
      }
    await prune(pruneTasks);
    await prune(pruneTaskBatches);
    expect(await idsIn('tasks')).toEqual(
      [
        ...openTaskStates.map((state) => `old ${state}`),
        ...taskState.options.map((state) => `young ${state}`),
      ].toSorted(),
    );
    const batches = ['old running', 'old stopping', 'young ended', 'young running', 'young stopping'];
    expect(await idsIn('task_batches')).toEqual(batches);
    const items = await db.selectFrom('task_batch_items').select('batch_id').distinct().execute();
    expect(items.map(({ batch_id: id }) => id).toSorted()).toEqual(batches);
  });

  it('lose many in small transactions, and stop between two of them', async () => {
    const { db } = bench.store;
    const rows = Array.from({ length: 450 }, (_, index) =>
      taskRow({ id: `t${index}`, state: 'done', requested_at: index, finished_at: index }),
    );
    await db.insertInto('tasks').values(rows).execute();
    let looks = 0;
    await prune(pruneTasks, () => (looks += 1) <= 1);
    expect(await idsIn('tasks')).toHaveLength(250);
    await prune(pruneTasks);
    expect(await idsIn('tasks')).toHaveLength(0);
  });
});
