import { expect, it } from 'vitest';

import { taskRow } from '../testing/builders/tasks.ts';
import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import { insertTask, latestTask, moveTask, openTasks } from './tasks.ts';

const T0 = 1_795_000_200_000;

describeOnEachEngine('tasks', (bench) => {
  it('moves a task on until it is over, and not after', async () => {
    await insertTask(bench.store.db, taskRow({ id: 't1', requested_at: T0 }));
    await insertTask(bench.store.db, taskRow({ id: 't2', requested_at: T0 + 1 }));
    expect((await openTasks(bench.store.db)).map(({ id }) => id)).toEqual(['t1', 't2']);
    const over = { finished_at: T0 + 9, failure_code: null, failure_message: null };
    expect(await moveTask(bench.store.db, 't1', { ...over, state: 'done' })).toMatchObject({
      state: 'done',
      finished_at: T0 + 9,
    });
    expect(await moveTask(bench.store.db, 't1', { ...over, state: 'unknown' })).toBeNull();
    expect((await openTasks(bench.store.db)).map(({ id }) => id)).toEqual(['t2']);
    expect((await latestTask(bench.store.db, 'i1'))?.id).toBe('t2');
    expect(await latestTask(bench.store.db, 'i2')).toBeNull();
  });
});
