import { afterEach, expect, it } from 'vitest';

import { environmentBench, eventually } from '../environment.fixture.ts';
import type { EnvironmentBench } from '../environment.fixture.ts';
import type { EnvironmentService } from '../service.ts';

let bench: EnvironmentBench;
afterEach(() => bench.close());

const eventsOf = async (service: EnvironmentService, of: string) =>
  (await service.events({ of, limit: 200 })).events;
const linesOf = async (service: EnvironmentService, of: string): Promise<string[]> =>
  (await eventsOf(service, of)).map(({ kind, before, after, outcome }) =>
    [kind, before, after, outcome].join(' '),
  );
const runningApi = ({ collector }: EnvironmentService) => {
  const found = [...collector.snapshot.instances.values()].find(
    ({ hostname, state }) => hostname === 'api' && state.current === 'running',
  );
  if (found === undefined) throw new Error('expected a running instance of api');
  return found;
};

it('tells health lost and regained with their times, and of a container those of its instances', async () => {
  bench = await environmentBench();
  const service = await bench.serveRead();
  const { id, containerId } = runningApi(service);
  expect(await eventsOf(service, id)).toEqual([]);
  bench.simulator.happen({ kind: 'instance.unhealthy', id });
  await eventually('lost', async () => (await eventsOf(service, id)).length === 1);
  bench.simulator.happen({ kind: 'instance.healthy', id });
  await eventually('regained', async () => (await eventsOf(service, id)).length === 2);
  expect(await linesOf(service, id)).toEqual([
    'health unhealthy healthy recovered',
    'health healthy unhealthy failed',
  ]);
  const [regained] = await eventsOf(service, containerId);
  expect(regained).toMatchObject({ of: { kind: 'instance', id } });
  expect(bench.events).toContainEqual({ type: 'object-events', of: [id, containerId] });
});

it('tells a deployment as one event that ends when every instance has come over, after a restart too', async () => {
  bench = await environmentBench();
  let service = await bench.serveRead();
  const { containerId } = runningApi(service);
  bench.simulator.happen({ kind: 'container.deploy', id: containerId, version: 'v9.9.9' });
  const deployment = async () =>
    (await eventsOf(service, containerId)).filter(
      ({ kind, of }) => kind === 'deployment' && of.id === containerId,
    );
  await eventually('begun', async () => (await deployment()).length === 1);
  expect(await deployment()).toMatchObject([{ after: 'v9.9.9', outcome: 'started', ended: null }]);
  await bench.stopServices();
  service = await bench.serveRead();
  await eventually('done', async () => {
    bench.simulator.advance(2_000);
    return (await deployment())[0]?.outcome === 'done';
  });
  expect(await deployment()).toHaveLength(1);
});

it('has one event of a change that two servers see', async () => {
  bench = await environmentBench();
  const service = await bench.serveRead();
  await bench.serveRead();
  const { id } = runningApi(service);
  bench.simulator.happen({ kind: 'instance.fail', id, message: 'out of memory' });
  await eventually('failed', async () => (await eventsOf(service, id)).length > 0);
  await bench.stopServices();
  const lines = await linesOf(service, id);
  expect(lines.filter((line) => line === 'state running failed failed')).toHaveLength(1);
  expect(new Set(lines).size).toBe(lines.length);
});

it('tells scaling as one event from the asking to the number reached, and a number nobody asked for', async () => {
  bench = await environmentBench();
  const service = await bench.serveRead();
  const { containerId } = runningApi(service);
  const before = [...service.collector.snapshot.instances.values()].filter(
    (it) => it.containerId === containerId,
  ).length;
  const scalings = async () =>
    (await eventsOf(service, containerId)).filter(({ kind }) => kind === 'scaling');
  bench.simulator.happen({ kind: 'container.scale', id: containerId, instances: before + 2 });
  await eventually('asked', async () => (await scalings()).length === 1);
  expect(await scalings()).toMatchObject([{ after: String(before + 2), outcome: 'started', ended: null }]);
  await eventually('reached', async () => {
    bench.simulator.advance(500);
    return (await scalings())[0]?.outcome === 'done';
  });

  bench.simulator.happen({ kind: 'container.scale', id: containerId, instances: before, desired: false });
  bench.simulator.advance(3_000);
  const told = await eventually('told', async () => {
    const all = await scalings();
    return all.length > 1 ? all : null;
  });
  expect(told).toMatchObject([
    { before: String(before + 2), after: String(before), outcome: 'changed' },
    { outcome: 'done' },
  ]);
});

it('tells which settings of a container were changed, once, and never the value of a variable', async () => {
  bench = await environmentBench();
  const service = await bench.serveRead();
  await bench.serveRead();
  const { containerId } = runningApi(service);
  const settings = async () =>
    (await eventsOf(service, containerId)).filter(({ kind }) => kind === 'setting');
  bench.simulator.happen({ kind: 'container.reconfigure', id: containerId, ramMegabytes: 300 });
  await eventually('the memory limit', async () => (await settings()).length === 1);
  expect(await settings()).toMatchObject([
    {
      after: 'memory limit, memory reserve',
      detail: 'memory limit from 1024M to 300M; memory reserve from 256M to 75M',
      outcome: 'changed',
    },
  ]);
  bench.simulator.happen({ kind: 'container.reconfigure', id: containerId });
  await eventually('the variable', async () => (await settings()).length === 2);
  expect((await settings())[0]).toMatchObject({ after: 'environment variables', detail: null });
});

it('tells a migration as one event', async () => {
  bench = await environmentBench();
  const service = await bench.serveRead();
  const { id, serverId } = runningApi(service);
  bench.simulator.happen({ kind: 'migrate', id });
  const moves = async () => (await eventsOf(service, id)).filter(({ kind }) => kind === 'migration');
  await eventually('begun', async () => (await moves()).length === 1);
  expect(await moves()).toMatchObject([{ before: serverId, outcome: 'started' }]);
  await eventually('done', async () => {
    bench.simulator.advance(2_000);
    return (await moves())[0]?.outcome === 'done';
  });
  expect(await moves()).toHaveLength(1);
});

it('knows after a restart since when health is as it is, and where it doesn’t', async () => {
  bench = await environmentBench();
  let service = await bench.serveRead();
  const { id } = runningApi(service);
  bench.simulator.happen({ kind: 'instance.unhealthy', id });
  await eventually('lost', async () => (await eventsOf(service, id)).length === 1);
  const [lost] = await eventsOf(service, id);
  await bench.stopServices();
  // As a check that fails again does: Cycle's time moves, its answer does not.
  bench.simulator.advance(60_000);
  bench.simulator.happen({ kind: 'instance.checked', id });
  service = await bench.serveRead();
  const shown = (await service.instance(id)).instance;
  expect(shown).toMatchObject({ health: 'unhealthy', healthSince: lost?.time });
  expect(shown.healthAtLeast).toBeUndefined();
  const other = [...service.collector.snapshot.instances.values()].find(
    (it) => it.id !== id && it.health === 'healthy',
  );
  expect((await service.instance(other?.id ?? '')).instance.healthAtLeast).toBe(true);
});
