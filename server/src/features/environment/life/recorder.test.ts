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
