import { expect, it } from 'vitest';

import { sampleRow } from '../../testing/builders/telemetry.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import { oldestAfter, readCursors, readHead, writeSamples } from './head.ts';

const T0 = 1_795_000_200_000;

const sample = (instance_id: string, at: number, cpu: number | null) => sampleRow({ instance_id, at, cpu });

describeOnEachEngine('the newest samples', (bench) => {
  it('are kept in the order of time, each once, and where the counters stand', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => sample('a', T0 + (1_199 - index) * 100, index));
    const cursor = { instance_id: 'a', container_id: 'c', at: T0, counters: '{"cpuNs":1}' };
    await writeSamples(bench.store.db, many, [cursor]);
    await writeSamples(
      bench.store.db,
      [sample('a', T0, 999)],
      [{ ...cursor, at: T0 + 5, counters: '{"cpuNs":2}' }],
    );
    const read = await readHead(bench.store.db, 'a', T0, T0 + 300);
    expect(read.map((row) => [row.at, row.cpu])).toEqual([
      [T0, 1_199],
      [T0 + 100, 1_198],
      [T0 + 200, 1_197],
    ]);
    expect(read[0]).toMatchObject({ memory: 1_073_741_824, memory_limit: null, transmit: 12_345.678 });
    expect(await readCursors(bench.store.db)).toEqual([{ ...cursor, at: T0 + 5, counters: '{"cpuNs":2}' }]);
    await writeSamples(bench.store.db, [], []);
  });

  it('are found instance by instance, the oldest first', async () => {
    await writeSamples(bench.store.db, [sample('b', T0 + 9, 1), sample('b', T0 - 5, 2)], []);
    expect(await oldestAfter(bench.store.db, null)).toEqual({ instanceId: 'a', at: T0 });
    expect(await oldestAfter(bench.store.db, 'a')).toEqual({ instanceId: 'b', at: T0 - 5 });
    expect(await oldestAfter(bench.store.db, 'b')).toBeNull();
  });
});
