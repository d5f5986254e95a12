import { setTimeout as sleep } from 'node:timers/promises';

import { latestResponse, telemetryResponse, topResponse } from '@cyclorama/shared/telemetry.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { readCursors, readHead, writeSamples } from '../../store/telemetry/head.ts';
import { sealSamples } from '../../store/telemetry/seal.ts';
import { eventually } from '../environment/environment.fixture.ts';
import { POLL_MS as PRODUCT_POLL_MS } from './collector.ts';
import { toSampleRow } from './sample-row.ts';
import { telemetryBench } from './telemetry.fixture.ts';
import type { TelemetryBench } from './telemetry.fixture.ts';

// Each starts a simulated environment.
vi.setConfig({ testTimeout: 120_000 });

let bench: TelemetryBench;
afterEach(() => bench.closeAll());

const measuredHere = (container?: string): string => {
  const { world } = bench.simulator.live;
  const found = [...world.instances.values()].find(
    (it) =>
      it.serverId === world.self.serverId &&
      it.state === 'running' &&
      it.service === null &&
      (container === undefined || it.hostname === container),
  );
  if (found === undefined) throw new Error('expected a running instance on the own server');
  return found.id;
};
const recent = () => ({ from: Date.now() - 60_000, to: Date.now() + 1_000, points: 61 });
const numbersOf = (values: (number | null)[] | undefined): number[] =>
  (values ?? []).filter((it) => it !== null);

describe('telemetry against the simulator', () => {
  it('collects this server’s instances of this environment and answers evenly spaced series', async () => {
    bench = await telemetryBench();
    const service = await bench.serveTelemetry();
    await bench.live(4);
    const id = measuredHere('api');
    const answer = telemetryResponse.parse(await service.instance(id, recent()));
    const values = answer.series[0]?.values;
    expect(numbersOf(values?.cpu).length).toBeGreaterThan(0);
    expect(numbersOf(values?.cpu).every((cpu) => cpu >= 0 && cpu < 1_000)).toBe(true);
    expect(numbersOf(values?.memory).every((bytes) => bytes > 0)).toBe(true);
    expect(
      answer.times.every(
        (time, index) => index === 0 || time - (answer.times[index - 1] ?? 0) === answer.stepMs,
      ),
    ).toBe(true);
    expect(values?.cpu).toHaveLength(answer.times.length);
    expect(answer.latestAt).not.toBeNull();
    const others = bench.simulator.live.world.otherInstances.map((it) => it.id);
    const kept = (await readCursors(bench.store.db)).map((row) => row.instance_id);
    expect(kept.length).toBeGreaterThan(5);
    expect(kept.filter((each) => others.includes(each))).toEqual([]);
  });

  it('is not live within 5 s of telemetry alone falling silent, and live soon after; samples keep their pace', async () => {
    bench = await telemetryBench();
    const service = await bench.serveTelemetry(PRODUCT_POLL_MS);
    const samples = () => bench.events.filter((event) => event.type === 'telemetry').length;
    await eventually('the first samples', () => samples() > 0);
    const state = async () => (await service.instance(measuredHere('api'), recent())).freshness.state;
    await eventually('live', async () => (await state()) === 'live');
    const undo = bench.simulator.fail({
      api: 'cycle',
      kind: 'hang',
      match: { pathPrefix: '/v1/server/instances/telemetry' },
    });
    await eventually('stale', async () => (await state()) === 'stale', 5_000);
    undo();
    await eventually('live again', async () => (await state()) === 'live', 10_000);
    expect(samples()).toBeLessThanOrEqual(3);
  }, 40_000);

  it('is as live as its samples, and says which scope they need', async () => {
    bench = await telemetryBench();
    const service = await bench.serveTelemetry();
    await bench.live(2);
    const ages = async () => [
      (await service.instance(measuredHere('api'), recent())).freshness,
      topResponse.parse(await service.top({ measure: 'cpu', limit: 5, windowMs: 60_000 })).freshness,
    ];
    const seen = (what: string, expected: object) =>
      eventually(what, async () => {
        const told = await ages();
        return told.every((each) => Object.entries(expected).every(([key, is]) => Object(each)[key] === is));
      });
    await seen('live', { state: 'live', reason: null });
    const undo = bench.simulator.fail({
      api: 'cycle',
      kind: 'null-list',
      match: { pathPrefix: '/v1/server/instances/telemetry' },
    });
    await seen('stale', {
      state: 'stale',
      reason: "Cycle's internal API sent an answer of another shape for /v1/server/instances/telemetry.",
    });
    expect((await ages())[0]?.asOf).not.toBeNull();
    undo();
    await seen('live again', { state: 'live' });
    bench.simulator.happen({ kind: 'scope.set', scope: ['self', 'environment', 'notifications'] });
    await seen('the scope', {
      reason:
        'No access to telemetry: the dashboard’s container needs the scope server in config.runtime.internal_api.scope.',
    });
  });

  it('tells which of a container’s instances are on servers that are not measured', async () => {
    bench = await telemetryBench();
    const service = await bench.serveTelemetry();
    await bench.live(2);
    const { world } = bench.simulator.live;
    const containerId = world.instances.get(measuredHere('api'))?.containerId ?? '';
    const answer = await service.container(containerId, recent());
    const elsewhere = [...world.instances.values()].filter(
      (it) => it.containerId === containerId && it.serverId !== world.self.serverId,
    );
    expect(answer.notMeasured.sort()).toEqual(elsewhere.map((it) => it.id).sort());
    expect(answer.series.length).toBeGreaterThan(0);
    await expect(service.container('nothing', recent())).rejects.toMatchObject({ code: 'not-found' });
    await expect(service.instance('nothing', recent())).rejects.toMatchObject({ code: 'not-found' });
    await expect(service.instance(measuredHere(), { from: 5, to: 5, points: 10 })).rejects.toMatchObject({
      code: 'invalid-request',
      field: 'query.to',
    });
  });

  it('names the busiest and the sum of all', async () => {
    bench = await telemetryBench();
    const service = await bench.serveTelemetry();
    await bench.live(4);
    const ask = async (measure: 'memory' | 'cpu', limit: number) =>
      topResponse.parse(await service.top({ measure, limit, windowMs: 60_000 }));
    // Samples are current for a second only, so one look has to see all.
    const { top, all, values } = await eventually('current values', async () => {
      bench.catchUp();
      await sleep(50);
      const seen = { top: await ask('memory', 3), all: await ask('cpu', 50) };
      const latest = latestResponse.parse(service.latest('cpu'));
      const isCurrent = seen.top.rows.length === 3 && seen.all.rows.length > 0;
      return isCurrent && Object.keys(latest.values).length > 0 ? { ...seen, ...latest } : null;
    });
    const latest = top.rows.map((row) => row.latest ?? 0);
    expect(latest).toEqual(latest.toSorted((a, b) => b - a));
    expect(Math.max(...numbersOf(top.total))).toBeGreaterThan(latest[0] ?? 0);
    const sum = numbersOf(all.rows.map((row) => row.latest)).reduce((so, value) => so + value, 0);
    expect(Math.abs((all.totalLatest ?? 0) - sum)).toBeLessThan(0.1);
    expect(top.servers).toBe(1);
    expect(all.rows.map((row) => row.latest)).not.toContain(null);
    expect(values).toMatchObject(Object.fromEntries(all.rows.map((row) => [row.instanceId, row.latest])));
    expect(Object.values(values)).not.toContain(null);
  });

  it('leaves a gap, never a spike or a negative rate, over a restart of the instance', async () => {
    bench = await telemetryBench();
    await bench.serveTelemetry();
    await bench.live(2);
    const id = measuredHere('api');
    const instance = bench.simulator.live.world.instances.get(id);
    if (instance !== undefined) instance.startedAt = bench.simulator.live.world.clock.now();
    await bench.live(3);
    const rows = await readHead(bench.store.db, id, 0, Number.MAX_SAFE_INTEGER);
    const rates = rows.map((row) => row.cpu);
    const resets = rates.flatMap((cpu, index) => (cpu === null && index > 0 ? [index] : []));
    expect(resets).toHaveLength(1);
    expect(rates.every((cpu) => cpu === null || (cpu >= 0 && cpu < 2_000))).toBe(true);
  });

  it('loses no interval over a restart of the dashboard, and still serves what was measured before', async () => {
    bench = await telemetryBench();
    await bench.serveTelemetry();
    await bench.live(3);
    const id = measuredHere('api');
    await bench.stopTelemetry();
    const before = await readHead(bench.store.db, id, 0, Number.MAX_SAFE_INTEGER);
    const service = await bench.serveTelemetry();
    await bench.live(2);
    const after = await readHead(bench.store.db, id, 0, Number.MAX_SAFE_INTEGER);
    expect(after.length).toBeGreaterThan(before.length);
    expect(after[before.length]?.cpu).not.toBeNull();
    const answer = await service.instance(id, { ...recent(), points: 600 });
    const first = answer.times.findIndex((_, index) => answer.series[0]?.values.memory?.[index] != null);
    expect(answer.times[first]).toBeLessThanOrEqual(before[0]?.at ?? 0);
  });

  it('goes on after the upstream failed for a while', async () => {
    bench = await telemetryBench();
    await bench.serveTelemetry();
    await bench.live(1);
    const undo = bench.simulator.fail({
      api: 'cycle',
      kind: 'wrong-json',
      match: { pathPrefix: '/v1/server/instances/telemetry' },
    });
    await new Promise((resolve) => setTimeout(resolve, 3 * 200));
    undo();
    await bench.live(2);
    expect((await readCursors(bench.store.db)).length).toBeGreaterThan(5);
  });

  it('answers long ranges from blocks', async () => {
    bench = await telemetryBench();
    const service = await bench.serveTelemetry();
    await bench.live(1);
    await bench.stopTelemetry();
    // On the hour, so that the ten minutes of samples always fall into one bucket.
    const start = Math.floor(Date.now() / 3_600_000 - 6) * 3_600_000;
    const values = (cpu: number | null) => [cpu, 0, 100, 1_000, 5, 5, 3];
    // A peak, and as much less in the samples after it.
    const cpuOf = (index: number) => (index === 3 ? 91 : index > 3 && index <= 20 ? 37 : 40);
    const samples = Array.from({ length: 60 }, (_, index) =>
      toSampleRow('old', {
        at: start + index * 10_000,
        start: 0,
        values: values(index < 30 ? cpuOf(index) : null),
      }),
    );
    await writeSamples(bench.store.db, samples, []);
    const sealed = await sealSamples(bench.store.db, {
      until: start + 3_600_000,
      onDamaged: (fault) => {
        throw fault;
      },
    });
    expect(sealed).toBe(60);
    expect(await readHead(bench.store.db, 'old', 0, Number.MAX_SAFE_INTEGER)).toEqual([]);
    const day = await service.instance('old', {
      from: start - 12 * 3_600_000,
      to: start + 12 * 3_600_000,
      points: 96,
    });
    expect(numbersOf(day.series[0]?.values.cpu)).toEqual([40]);
    expect(numbersOf(day.series[0]?.values.memory)).toEqual([100]);
    expect(day.series[0]?.highest?.cpu).toBe(91);
    expect(day.series[0]?.highs).toBeUndefined();
    const week = {
      from: start - 86_400_000 * 6,
      to: start + 86_400_000,
      points: 150,
      extremes: 'true',
    } as const;
    const [wide] = telemetryResponse.parse(await service.instance('old', week)).series;
    expect([numbersOf(wide?.lows?.cpu), numbersOf(wide?.highs?.cpu)]).toEqual([[37], [91]]);
  });
});
