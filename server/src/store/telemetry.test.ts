import { expect, it } from 'vitest';

import { taskRow } from '../testing/builders/tasks.ts';
import { sampleRow } from '../testing/builders/telemetry.ts';
import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import { insertTask, latestTask, moveTask, openTasks } from './tasks.ts';
import {
  newestRollup,
  oldestSample,
  pruneTelemetry,
  readCursors,
  readSeries,
  rollUp,
  writeSamples,
} from './telemetry.ts';

const T0 = 1_795_000_200_000;
const FOREVER = Number.MAX_SAFE_INTEGER;

const sample = (instance_id: string, at: number, cpu: number | null) => sampleRow({ instance_id, at, cpu });

describeOnEachEngine('telemetry and tasks', (bench) => {
  it('keeps samples in the order of time, each once, and where the counters stand', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => sample('a', T0 + (1_199 - index) * 100, index));
    const cursor = { instance_id: 'a', container_id: 'c', at: T0, counters: '{"cpuNs":1}' };
    await writeSamples(bench.store.db, many, [cursor]);
    await writeSamples(
      bench.store.db,
      [sample('a', T0, 999)],
      [{ ...cursor, at: T0 + 5, counters: '{"cpuNs":2}' }],
    );
    const read = await readSeries(bench.store.db, 'telemetry_samples', 'a', T0, T0 + 300);
    expect(read.map((row) => [row.at, row.cpu])).toEqual([
      [T0, 1_199],
      [T0 + 100, 1_198],
      [T0 + 200, 1_197],
    ]);
    expect(read[0]).toMatchObject({ memory: 1_073_741_824, memory_limit: null, transmit: 12_345.678 });
    expect(await readCursors(bench.store.db)).toEqual([{ ...cursor, at: T0 + 5, counters: '{"cpuNs":2}' }]);
    expect(await oldestSample(bench.store.db, 0)).toBe(T0);
    await writeSamples(bench.store.db, [], []);
  });

  it('rolls up means that pass over gaps, and the same again gives the same', async () => {
    const start = T0 + 600_000;
    const rows = [sample('b', start, 10), sample('b', start + 1, null), sample('b', start + 2, 30)];
    await writeSamples(
      bench.store.db,
      [...rows, sample('b', start + 300_000, 99), sample('d', start, null)],
      [],
    );
    await rollUp(bench.store.db, start, start + 300_000);
    await rollUp(bench.store.db, start, start + 300_000);
    expect(await readSeries(bench.store.db, 'telemetry_rollups', 'b', 0, FOREVER)).toMatchObject([
      { at: start, cpu: 20, receive: 0.5 },
    ]);
    expect(await readSeries(bench.store.db, 'telemetry_rollups', 'd', 0, FOREVER)).toMatchObject([
      { cpu: null },
    ]);
    expect(await newestRollup(bench.store.db, FOREVER)).toBe(start);
    expect(await newestRollup(bench.store.db, start - 1)).toBeNull();
  });

  it('forgets what is older than asked', async () => {
    await pruneTelemetry(bench.store.db, { samples: T0 + 600_001, rollups: 0, cursors: T0 + 100 });
    expect(await oldestSample(bench.store.db, 0)).toBe(T0 + 600_001);
    expect(await readCursors(bench.store.db)).toEqual([]);
    expect(await newestRollup(bench.store.db, FOREVER)).toBe(T0 + 600_000);
    await pruneTelemetry(bench.store.db, { samples: FOREVER, rollups: FOREVER, cursors: FOREVER });
    expect(await newestRollup(bench.store.db, FOREVER)).toBeNull();
  });

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
