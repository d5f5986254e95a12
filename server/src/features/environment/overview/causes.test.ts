import { afterEach, expect, it } from 'vitest';

import { environmentBench, eventually } from '../environment.fixture.ts';
import type { EnvironmentBench } from '../environment.fixture.ts';
import type { EnvironmentService } from '../service.ts';

let bench: EnvironmentBench;
afterEach(() => bench.close());

const runningOf = ({ collector }: EnvironmentService, hostname: string) =>
  [...collector.snapshot.instances.values()].filter(
    (it) => it.hostname === hostname && it.state.current === 'running',
  );
const groupOf = async (service: EnvironmentService, id: string) =>
  (await service.overview()).attention.find((each) => each.id === id);

it('says what was done just before it went wrong, and by whom', async () => {
  bench = await environmentBench();
  const service = await bench.serveRead();
  const [first, second] = runningOf(service, 'api');
  if (first === undefined || second === undefined) throw new Error('expected two instances of api');
  const task = await service.requestTask(first.id, 'restart', 'oscar');
  await eventually('the end of the restart', async () => {
    bench.simulator.advance(500);
    return (await service.task(task.id)).state === 'done';
  });
  bench.simulator.happen({ kind: 'instance.fail', id: second.id, message: 'out of memory' });
  const group = await eventually('the group', () => groupOf(service, first.containerId));
  expect(group.remedy?.action).toBe('restart');
  expect(group.parts).toContainEqual(expect.objectContaining({ id: second.id, error: 'out of memory' }));
  await eventually('the restart as what was before', async () => {
    const before = (await groupOf(service, first.containerId))?.before ?? [];
    return before.some(({ kind, after, by }) => kind === 'action' && after === 'restart' && by === 'oscar');
  });
});

it('says that a setting was changed just before', async () => {
  bench = await environmentBench();
  const service = await bench.serveRead();
  const [first] = runningOf(service, 'api');
  if (first === undefined) throw new Error('expected an instance of api');
  bench.simulator.happen({ kind: 'container.reconfigure', id: first.containerId, ramMegabytes: 64 });
  await eventually('the change', async () =>
    (await service.events({ of: first.containerId, limit: 50 })).events.some(
      ({ kind }) => kind === 'setting',
    ),
  );
  bench.simulator.happen({ kind: 'instance.fail', id: first.id, message: 'out of memory' });
  const told = await eventually('the setting as what was before', async () => {
    const before = (await groupOf(service, first.containerId))?.before ?? [];
    return before.find(({ kind }) => kind === 'setting');
  });
  expect(told).toMatchObject({ after: 'memory limit, memory reserve', of: { id: first.containerId } });
});

it('says that a setting of the environment was changed just before, without its value', async () => {
  bench = await environmentBench();
  const service = await bench.serveRead();
  const environmentId = service.collector.snapshot.environment?.id ?? '';
  const [first] = runningOf(service, 'api');
  if (first === undefined) throw new Error('expected an instance of api');
  bench.simulator.happen({ kind: 'environment.reconfigure' });
  await eventually('the change', async () =>
    (await service.events({ of: environmentId, limit: 50 })).events.some(({ kind }) => kind === 'setting'),
  );
  bench.simulator.happen({ kind: 'instance.fail', id: first.id });
  const told = await eventually('the setting as what was before', async () => {
    const before = (await groupOf(service, first.containerId))?.before ?? [];
    return before.find(({ kind }) => kind === 'setting');
  });
  expect(told).toMatchObject({
    after: 'configuration of load balancer',
    detail: null,
    of: { kind: 'environment', id: environmentId },
  });
});

it('restarts those of a container that are down, and no other', async () => {
  bench = await environmentBench();
  const service = await bench.serveRead();
  const [down, , well] = runningOf(service, 'api');
  if (down === undefined || well === undefined) throw new Error('expected three instances of api');
  const request = {
    action: 'restart' as const,
    containers: down.containerId,
    onlyInNeed: true,
    concurrency: 5,
    stopAfterFailures: null,
  };
  bench.simulator.happen({ kind: 'instance.unhealthy', id: down.id });
  await eventually('its need', () => groupOf(service, down.containerId));
  const report = await service.taskBatches.create(request, 'oscar', null);
  const ids = report.items.map(({ instanceId }) => instanceId);
  expect(ids).toContain(down.id);
  expect(ids).not.toContain(well.id);
  await expect(
    service.taskBatches.create({ ...request, containers: 'nobody' }, 'oscar', null),
  ).rejects.toMatchObject({ code: 'not-found' });
  await expect(
    service.taskBatches.create({ ...request, instances: down.id }, 'oscar', null),
  ).rejects.toMatchObject({ code: 'invalid-request' });
});
