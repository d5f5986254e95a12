import { afterEach, expect, it } from 'vitest';

import { LEASE_MS } from '../../../store/leases.ts';
import { environmentBench, eventually } from '../environment.fixture.ts';
import type { EnvironmentBench } from '../environment.fixture.ts';
import type { EnvironmentService } from '../service.ts';

let bench: EnvironmentBench;
afterEach(() => bench.close());

const runningIds = ({ collector }: EnvironmentService): string[] =>
  [...collector.snapshot.instances.values()]
    .filter(
      ({ isFunction, service, state }) => !isFunction && service === null && state.current === 'running',
    )
    .map(({ id }) => id)
    .slice(0, 6);
const restartOf = (ids: readonly string[], concurrency: number, stopAfterFailures: number | null = null) => ({
  action: 'restart' as const,
  instances: ids.join(','),
  onlyInNeed: false,
  concurrency,
  stopAfterFailures,
});
const ended = (service: EnvironmentService, id: string) =>
  eventually('the end', async () => {
    bench.simulator.advance(1_000);
    const report = await service.taskBatches.detail(id);
    return report.state === 'ended' ? report : null;
  });

it('restarts six, two at a time, and reports each outcome with the failures first', async () => {
  bench = await environmentBench();
  const service = await bench.serveRead();
  const ids = runningIds(service);
  bench.simulator.happen({ kind: 'instance.fails-to-start', id: ids[3] ?? '' });
  const { id } = await service.taskBatches.create(restartOf(ids, 2), 'oscar', null);
  const report = await ended(service, id);
  // The world goes on meanwhile, and may fail another of them.
  const { done, failed } = report.counts;
  expect(report.counts).toMatchObject({ waiting: 0, running: 0, skipped: 0 });
  expect(done).toBeGreaterThanOrEqual(3);
  expect(report.items.slice(0, failed)).toContainEqual({
    instanceId: ids[3],
    name: expect.any(String),
    state: 'failed',
    detail: expect.stringContaining('exited with code 78'),
  });
  expect(report.items.map(({ state }) => state === 'done')).toEqual([
    ...Array.from({ length: 6 - done }, () => false),
    ...Array.from({ length: done }, () => true),
  ]);
  const atWork = bench.events.flatMap((event) =>
    event.type === 'task-batch' ? [event.batch.counts.running] : [],
  );
  expect(Math.max(...atWork)).toBe(2);
  const detail = `${done} done, ${6 - done} failed, 0 not tried.`;
  await eventually('its end on record', async () => {
    const { entries } = await bench.activity.page({ limit: 1, action: 'instances' });
    return entries[0]?.outcome === 'failed' && entries[0].detail === detail;
  });
});

it('tries no others after the first failure where that was wished', async () => {
  bench = await environmentBench();
  const service = await bench.serveRead();
  const ids = runningIds(service);
  bench.simulator.happen({ kind: 'instance.fails-to-start', id: ids[0] ?? '' });
  const { id } = await service.taskBatches.create(restartOf(ids, 1, 1), 'oscar', null);
  const report = await ended(service, id);
  expect(report.counts).toMatchObject({ done: 0, failed: 1, skipped: 5 });
  expect(report.items.at(-1)?.detail).toBe('Not tried, as 1 before it failed.');
});

it('goes on after a restart of the server, and does none twice', async () => {
  bench = await environmentBench();
  const service = await bench.serveRead();
  const ids = runningIds(service);
  const { id } = await service.taskBatches.create(restartOf(ids, 2), 'oscar', null);
  await eventually('some at work', async () => (await service.taskBatches.detail(id)).counts.running === 2);
  await bench.stopServices();
  const again = await bench.serveRead();
  const { counts } = await ended(again, id);
  expect(counts).toMatchObject({ waiting: 0, running: 0, unknown: 0, skipped: 0 });
  expect(counts.done).toBeGreaterThanOrEqual(4);
  const { entries } = await bench.activity.page({
    limit: 50,
    action: 'instance.restart',
    outcome: 'started',
  });
  const started = entries.map(({ subject }) => subject?.id);
  expect(new Set(started).size).toBe(started.length);
  expect(started).toHaveLength(6 - counts.refused);
});

it('refuses what can’t be done one by one, with the reason, and stops when told', async () => {
  bench = await environmentBench();
  const service = await bench.serveRead();
  const pooled = [...service.collector.snapshot.instances.values()].find(({ isFunction }) => isFunction);
  const [first = '', ...others] = runningIds(service);
  const ids = [pooled?.id ?? '', first, ...others];
  const { id } = await service.taskBatches.create(restartOf(ids, 2), 'oscar', null);
  await eventually('the refusal', async () => (await service.taskBatches.detail(id)).counts.refused === 1);
  await service.taskBatches.stop(id, 'oscar');
  const report = await ended(service, id);
  expect(report.items[0]?.detail).toContain('function’s pool');
  expect(report.counts.skipped).toBeGreaterThan(0);
  await expect(service.taskBatches.create(restartOf(['nobody'], 1), 'oscar', null)).rejects.toMatchObject({
    code: 'not-found',
  });
});

it('keeps its lease and holds up no other batch while Cycle answers none of its calls', async () => {
  bench = await environmentBench({ unknownAfterMs: 1_500 });
  const service = await bench.serveRead();
  const [quick = '', ...ids] = runningIds(service);
  const match = { method: 'POST', pathPrefix: '/v1/conductor/tasks' };
  bench.simulator.fail({ api: 'cycle', kind: 'hang', match, count: ids.length });
  const begun = Date.now();
  const { id } = await service.taskBatches.create(restartOf(ids, ids.length), 'oscar', null);
  await eventually('all at work', async () => {
    const { counts } = await service.taskBatches.detail(id);
    return counts.running === ids.length;
  });
  const other = await service.taskBatches.create(restartOf([quick], 1), 'oscar', null);
  expect((await ended(service, other.id)).counts.waiting).toBe(0);
  expect((await service.taskBatches.detail(id)).counts.running).toBe(ids.length);
  const { counts } = await ended(service, id);
  expect(counts).toMatchObject({ waiting: 0, running: 0, unknown: ids.length });
  expect(Date.now() - begun).toBeLessThan(LEASE_MS);
});
