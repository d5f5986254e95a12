import { topContainersResponse, topResponse } from '@cyclorama/shared/telemetry.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { writeSamples } from '../../store/telemetry/head.ts';
import { eventually } from '../environment/environment.fixture.ts';
import { toSampleRow } from './sample-row.ts';
import { telemetryBench } from './telemetry.fixture.ts';
import type { TelemetryBench } from './telemetry.fixture.ts';

// Each starts a simulated environment.
vi.setConfig({ testTimeout: 120_000 });

let bench: TelemetryBench;
afterEach(() => bench.closeAll());

const cpu = { measure: 'cpu', windowMs: 60_000 } as const;

describe('containers by what they use', () => {
  it('are their instances’ sum, mean or highest, highest first', async () => {
    bench = await telemetryBench();
    const service = await bench.serveTelemetry();
    await bench.live(4);
    for (const by of ['sum', 'mean', 'max'] as const) {
      await eventually(`what the instances add up to, by ${by}`, async () => {
        bench.catchUp();
        const [instances, containers] = await Promise.all([
          service.top({ ...cpu, limit: 50 }),
          service.topContainers({ ...cpu, by, limit: 100 }),
        ]);
        const { rows } = topContainersResponse.parse(containers);
        expect(rows.map(({ latest }) => latest)).toEqual(
          rows.map(({ latest }) => latest).toSorted((a, b) => b - a),
        );
        const those = Map.groupBy(instances.rows, ({ containerId }) => containerId);
        if (rows.length === 0 || rows.length !== those.size) return false;
        return rows.every((row) => {
          const values = (those.get(row.containerId) ?? []).map(({ latest }) => latest ?? 0);
          const sum = values.reduce((total, value) => total + value, 0);
          const expected = { sum, mean: sum / values.length, max: Math.max(...values) }[by];
          return row.measured === values.length && Math.abs(row.latest - expected) < 0.01;
        });
      });
    }
  });

  it('say how many instances are measured, and each can be opened', async () => {
    bench = await telemetryBench();
    const service = await bench.serveTelemetry();
    await bench.live(2);
    const { world } = bench.simulator.live;
    const opens = (container: string) => service.top({ ...cpu, limit: 50, container });
    // Samples are current for a second only, so one look has to see all.
    const [first, opened, cut] = await eventually('a container that also runs elsewhere', async () => {
      bench.catchUp();
      const { rows } = await service.topContainers({ ...cpu, by: 'sum', limit: 100 });
      const found = rows.find((row) => row.measured < row.instances);
      if (found === undefined) return null;
      const [inIt, one] = await Promise.all([
        opens(found.containerId),
        service.topContainers({ ...cpu, by: 'sum', limit: 1 }),
      ]);
      return inIt.rows.length < found.measured || one.total < rows.length
        ? null
        : ([found, topResponse.parse(inIt), one] as const);
    });
    const all = [...world.instances.values()].filter((it) => it.containerId === first.containerId);
    expect(first.instances).toBe(all.length);
    expect(opened.rows.map((row) => row.containerId)).toEqual(opened.rows.map(() => first.containerId));
    expect(opened.rows).toHaveLength(first.measured);
    expect(cut.rows).toHaveLength(1);
    expect(cut.total).toBeGreaterThan(1);
  });

  it('rank an earlier window by its mean', async () => {
    bench = await telemetryBench();
    const service = await bench.serveTelemetry();
    await bench.live(2);
    const id = await eventually('several measured containers', async () => {
      bench.catchUp();
      const { rows } = await service.topContainers({ ...cpu, by: 'sum', limit: 100 });
      const [busiest] = (await service.top({ ...cpu, limit: 1 })).rows;
      return rows.length > 1 ? busiest?.instanceId : null;
    });
    const to = Math.floor(Date.now() / 60_000) * 60_000 - 12 * 3_600_000;
    const sample = (ago: number, value: number) =>
      toSampleRow(id, { at: to - ago, start: to - ago - 10_000, values: [value, 0, 1, 1, 1, 1, 1] });
    await writeSamples(bench.store.db, [sample(50_000, 600), sample(40_000, 800), sample(30_000, 1_000)], []);
    const past = await service.topContainers({ ...cpu, by: 'sum', limit: 100, to });
    expect(past.rows).toHaveLength(1);
    expect(past.rows[0]?.latest).toBeGreaterThan(700);
    expect(past.rows[0]?.latest).toBeLessThan(900);
    expect(past.times.at(-1)).toBeLessThan(to);
  });
});
