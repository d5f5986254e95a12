import type { Freshness } from '@cyclorama/shared/common.ts';
import { groupQuery } from '@cyclorama/shared/telemetry.ts';
import { expect, it } from 'vitest';

import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import type { CycleTelemetryRow } from '../../upstream/cycle/types.ts';
import { createTelemetryService } from './service.ts';

const T0 = 1_795_000_200_000;
const SECOND = 1_000;
const live: Freshness = { state: 'live', asOf: null, failingSince: null, reason: null };
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const INSTANCES = ['a1', 'a2', 'b1', 'b2'].map((id) => ({
  id,
  name: id,
  containerId: 'web',
  serverId: id.slice(0, 1),
  startedAt: T0 - 3_600_000,
}));

const row = (instanceId: string, at: number): CycleTelemetryRow => ({
  instanceId,
  containerId: 'web',
  environmentId: 'e',
  at,
  cpuNs: 0,
  periods: 0,
  throttledPeriods: 0,
  limitHits: 0,
  memoryBytes: 100,
  memoryLimitBytes: null,
  swapBytes: 0,
  cacheBytes: 0,
  processes: 1,
  interfaces: [],
});

describeOnEachEngine('a sum while some report later than others', (bench) => {
  /** Samples of these instances, ten seconds apart; each begins with the whole environment's first minute. */
  const world = async () => {
    await bench.store.db.deleteFrom('telemetry_samples').execute();
    let now = T0 + 61 * SECOND;
    const reported = new Map<string, number>();
    const serve = () => {
      return createTelemetryService({
        client: null,
        directory: {
          freshness: () => live,
          environmentId: () => 'e',
          environmentName: () => 'E',
          instance: (id) => INSTANCES.find((each) => each.id === id) ?? null,
          instancesOf: () => INSTANCES,
          instancesOn: (server) => INSTANCES.filter(({ serverId }) => serverId === server),
          allInstances: () => INSTANCES,
          containerName: () => 'web',
          ownServerId: () => 'a',
          containerIntervalMs: () => null,
          hostMemoryBytes: () => null,
        },
        db: bench.store.db,
        hub: { publish: () => undefined, subscribe: () => () => undefined },
        singleProcess: true,
        health: { partFails: () => undefined },
        clock: { now: () => now },
        logger: { ...silent, child: () => silent } as never,
        onDamaged: (fault) => {
          throw fault;
        },
        collectors: {
          covers: (server) => reported.has(server),
          newestOf: (server) => reported.get(server) ?? null,
        },
      });
    };
    let service = serve();
    await service.start();
    const report = async (ids: string[], from: number, to: number) => {
      for (const id of ids) reported.set(id.slice(0, 1), T0 + to * SECOND);
      const steps = Array.from(
        { length: (to - from) / 10 + 1 },
        (_, step) => T0 + (from + step * 10) * SECOND,
      );
      const frames = steps.map((at) => ids.map((id) => row(id, at)));
      await service.ingest({ hostMemoryBytes: null, base: [], frames });
    };
    await report(['a1', 'a2', 'b1', 'b2'], 10, 60);
    return {
      report,
      at: (seconds: number) => void (now = T0 + seconds * SECOND),
      restart: async () => {
        await service.stop();
        service = serve();
        await service.start();
      },
      /** Of memory from the first second until now, in buckets of ten seconds; null where there is none. */
      sums: async () => {
        const query = groupQuery.parse({ from: T0, to: now, points: 100 });
        const environment = (await service.environment(query)).series[0]?.values.memory;
        const top = await service.top({ measure: 'memory', limit: 5, windowMs: now - T0 });
        const window = { measure: 'memory', by: 'sum', limit: 5, windowMs: now - T0 } as const;
        const containers = await service.topContainers(window);
        const { settledTo, series } = await service.container('web', { ...query, by: 'sum' });
        return {
          environment,
          total: top.total,
          container: containers.rows[0]?.values,
          chart: series[0]?.values.memory,
          settledTo: (settledTo - T0) / SECOND,
          servers: top.servers,
        };
      },
    };
  };
  const all = (sums: (number | null)[]) => ({ environment: sums, total: sums, container: sums, chart: sums });

  it('ends where all that report have told, and goes on without who stopped', async () => {
    const { report, at, sums } = await world();
    at(81);
    await report(['a1', 'a2'], 70, 80);
    const whole = [400, 400, 400, 400, 400, 400];
    expect(await sums()).toMatchObject({ ...all([...whole, null, null, null]), settledTo: 60 });
    await report(['b1', 'b2'], 70, 70);
    expect(await sums()).toMatchObject({ ...all([...whole, 400, null, null]), settledTo: 70 });
    // b2 has stopped: it is waited for as long as its next sample may be late, not longer.
    at(101);
    await report(['a1', 'a2'], 90, 100);
    await report(['b1'], 80, 90);
    expect(await sums()).toMatchObject({ ...all([...whole, 400, null, null, null, null]), settledTo: 70 });
    await report(['b1'], 100, 100);
    expect(await sums()).toMatchObject({ ...all([...whole, 400, 300, 300, 300, null]), settledTo: 100 });
  });

  it('goes on without a server that is silent for a minute', async () => {
    const { report, at, sums } = await world();
    at(119);
    await report(['a1', 'a2'], 70, 110);
    expect((await sums()).settledTo).toBe(60);
    at(121);
    await report(['a1', 'a2'], 120, 120);
    const { environment, settledTo } = await sums();
    expect(settledTo).toBe(120);
    expect(environment?.slice(4)).toEqual([400, 400, 200, 200, 200, 200, 200, 200, null]);
  });

  it('is not told while a server was silent that has come back', async () => {
    const { report, at, sums } = await world();
    at(151);
    await report(['a1', 'a2'], 70, 150);
    await report(['b1', 'b2'], 150, 150);
    const silent = Array<null>(9).fill(null);
    expect(await sums()).toMatchObject(all([400, 400, 400, 400, 400, 400, ...silent.slice(1), 400, null]));
  });

  it('is of all servers at once after a start', async () => {
    const { report, at, restart, sums } = await world();
    at(71);
    await restart();
    await report(['a1', 'a2'], 70, 70);
    const before = await sums();
    expect(before).toMatchObject({ settledTo: 50, servers: 2 });
    const whole = [400, 400, 400, 400, 400];
    expect(before).toMatchObject(all([...whole, null, null, null]));
    await report(['b1', 'b2'], 70, 70);
    expect(await sums()).toMatchObject(all([...whole, 400, 400, null]));
  });
});
