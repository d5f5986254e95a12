import { expect, it } from 'vitest';

import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import {
  insertTaskBatch,
  itemCounts,
  itemsForReport,
  itemsIn,
  markTaskBatchStopping,
  saveTaskBatch,
  setItem,
  skipWaiting,
  takeItem,
  takeTaskBatches,
  taskBatchById,
} from './task-batches.ts';
import type { TaskBatchItemRow, TaskBatchRow } from './task-batches.ts';
import { insertTask, moveTask } from './tasks.ts';
import type { TaskRow } from './tasks.ts';

const AT = 1_795_000_000_123;
const batch = (id: string, over: Partial<TaskBatchRow> = {}): TaskBatchRow => ({
  id,
  action: 'restart',
  requested_by: 'oscar',
  requested_at: AT,
  state: 'running',
  concurrency: 2,
  stop_after_failures: null,
  finished_at: null,
  runner: 'one',
  lease_until: AT + 20_000,
  ...over,
});
const items = (batchId: string, count: number): TaskBatchItemRow[] =>
  Array.from({ length: count }, (_, position) => ({
    batch_id: batchId,
    position,
    instance_id: `i${position}`,
    instance_name: `api-${position}`,
    state: 'waiting',
    detail: null,
    finished_at: null,
  }));
const restart: TaskRow = {
  id: 't1',
  instance_id: 'i0',
  container_id: 'c1',
  action: 'restart',
  requested_by: 'oscar',
  requested_at: AT,
  state: 'in-progress',
  finished_at: null,
  failure_code: null,
  failure_message: null,
  phase: 'stop',
  phase_at: AT,
  batch_id: 'b1',
};

describeOnEachEngine('batches of tasks', (bench) => {
  it('stay with the process that renews, and are taken by one other once its lease is over', async () => {
    const { db } = bench.store;
    await insertTaskBatch(db, batch('b1'), items('b1', 3), null);
    await insertTaskBatch(db, batch('b2', { state: 'ended', lease_until: null }), [], null);
    const take = (runner: string, now: number, anyRunner = false) =>
      takeTaskBatches(db, { runner, until: now + 20_000, now, anyRunner });
    expect(await take('two', AT + 19_000)).toEqual([]);
    const renewed = await saveTaskBatch(db, 'b1', 'one', { lease_until: AT + 30_000 });
    expect(renewed?.lease_until).toBe(AT + 30_000);
    expect(await take('two', AT + 25_000)).toEqual([]);
    const taken = await Promise.all([take('two', AT + 31_000), take('three', AT + 31_000)]);
    expect(taken.flat().map(({ id }) => id)).toEqual(['b1']);
    expect(await saveTaskBatch(db, 'b1', 'one', { state: 'ended' })).toBeNull();
    expect((await taskBatchById(db, 'b1'))?.state).toBe('running');
    expect((await take('four', AT + 31_000, true)).map(({ id }) => id)).toEqual(['b1']);
  });

  it('have each item begun once, however many try, and count and order what became of them', async () => {
    const { db } = bench.store;
    const [first, second, third] = await itemsIn(db, 'b1', 'waiting', 5);
    if (!first || !second || !third) throw new Error('expected three items');
    const begun = await Promise.all([1, 2, 3].map(() => takeItem(db, first)));
    expect(begun.filter(Boolean)).toHaveLength(1);
    await setItem(db, second, { state: 'failed', detail: 'it failed', finished_at: AT });
    expect(await itemCounts(db, 'b1')).toMatchObject({ waiting: 1, running: 1, failed: 1, done: 0 });
    expect(await markTaskBatchStopping(db, 'b1')).toBe(true);
    expect(await markTaskBatchStopping(db, 'b1')).toBe(false);
    await skipWaiting(db, 'b1', 'not tried', AT);
    const report = await itemsForReport(db, 'b1', 10);
    expect(report.map(({ position, state }) => [position, state])).toEqual([
      [1, 'failed'],
      [0, 'running'],
      [2, 'skipped'],
    ]);
  });

  it('let one process send the start of a restart, and none once the task is over', async () => {
    const { db } = bench.store;
    await insertTask(db, restart);
    const toStart = { ...restart, state: 'in-progress', phase: 'start', phase_at: AT + 5 } as const;
    const { finished_at, failure_code, failure_message, state, phase, phase_at } = toStart;
    const patch = { finished_at, failure_code, failure_message, state, phase, phase_at };
    const moved = await Promise.all([1, 2].map(() => moveTask(db, 't1', patch, 'stop')));
    expect(moved.filter((row) => row !== null)).toEqual([toStart]);
    expect(await moveTask(db, 't1', { ...patch, state: 'done', finished_at: AT + 9 })).not.toBeNull();
    expect(await moveTask(db, 't1', { ...patch, state: 'unknown' })).toBeNull();
  });
});
