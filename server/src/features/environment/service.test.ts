import { containerDetail, instanceDetail, overview } from '@cyclorama/shared/environment.ts';
import type { Topology, TopologyNode, TopologyPatch } from '@cyclorama/shared/topology.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { systemClock } from '../../lib/clock.ts';
import { createUpstreamHealth } from '../../upstream/health.ts';
import { bodyOf, environmentBench, eventually } from './environment.fixture.ts';
import type { EnvironmentBench } from './environment.fixture.ts';
import { createAbsentCollector } from './sync/absent-collector.ts';

let bench: EnvironmentBench;
afterEach(() => bench.close());

const countsOf = (nodes: readonly TopologyNode[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { kind } of nodes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};
const patchesOf = ({ events }: EnvironmentBench): TopologyPatch[] =>
  events.flatMap((event) => (event.type === 'topology' ? [event.patch] : []));
const runningOf = ({ nodes }: Topology, container?: string) => {
  const found = nodes.find(
    (node) =>
      node.kind === 'instance' &&
      node.state.current === 'running' &&
      !node.isFunction &&
      node.service === null &&
      (container === undefined || node.hostname === container),
  );
  if (found?.kind !== 'instance') throw new Error('expected a running instance');
  return found;
};

describe('the environment snapshot', () => {
  it('holds every kind of node once, services as containers with their instances', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const { world } = bench.simulator.live;
    await vi.waitFor(() =>
      expect(countsOf(bodyOf(service).nodes)).toMatchObject({
        hub: 1,
        environment: 1,
        container: world.containers.size,
        instance: world.instances.size,
        'virtual-machine': world.virtualMachines.size,
        network: world.networks.length,
        ip: world.ips.length,
        domain: world.domains.length,
        server: world.servers.size,
        location: world.locations.size,
      }),
    );
    const { nodes, freshness, epoch } = bodyOf(service);
    expect(new Set(nodes.map((node) => node.id)).size).toBe(nodes.length);
    expect(freshness.state).toBe('live');
    expect(epoch).toBe(bench.hub.epoch);
    const services = nodes.flatMap((node) =>
      node.kind === 'container' && node.service !== null ? [node.service] : [],
    );
    expect(services.sort()).toEqual(['discovery', 'gateway', 'loadbalancer', 'scheduler', 'vpn']);
    expect(nodes.filter((node) => node.kind === 'server' && node.isOwn)).toHaveLength(1);
  });

  it('is not told as it is now, for the record of each minute, before its last part was read', async () => {
    bench = await environmentBench();
    const service = await bench.serve();
    const { world } = bench.simulator.live;
    const texts = await eventually('the nodes as they are now', () => service.topology.nodes());
    const nodes = [...texts.values()].map((text) => JSON.parse(text) as TopologyNode);
    expect(countsOf(nodes)).toMatchObject({
      domain: world.domains.length,
      network: world.networks.length,
      ip: world.ips.length,
    });
  });

  it('sends what a notification changed as one patch that applies on top of the last', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const before = bodyOf(service);
    const instance = runningOf(before, 'api');
    bench.events.length = 0;
    bench.simulator.happen({ kind: 'instance.fail', id: instance.id, message: 'out of memory' });
    const patch = await eventually('a patch with the failed instance', () =>
      patchesOf(bench).find((each) => each.upsert.some((node) => node.id === instance.id)),
    );
    expect(patch.from).toBe(before.revision);
    expect(patch.revision).toBe(before.revision + 1);
    expect(patch.upsert.find((node) => node.id === instance.id)).toMatchObject({
      health: 'unhealthy',
      state: { current: 'failed', error: 'out of memory' },
    });
    expect(patch.remove).toEqual([]);
    expect(service.topology.revision).toBe(patch.revision);
    const detected = await eventually('an activity entry', () =>
      bench.events.find((event) => event.type === 'activity' && event.entry.action === 'instance.state'),
    );
    expect(detected).toMatchObject({ entry: { outcome: 'detected', subject: { id: instance.id } } });
  });

  it('reads only what a topic names, and nothing for other environments', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    bench.simulator.resetRequests();
    bench.simulator.live.bus.notify({
      topic: 'sdn.network.reconfigured',
      id: 'n',
      environmentIds: ['elsewhere'],
    });
    bench.simulator.live.bus.notify({
      topic: 'container.state.changed',
      id: 'c',
      environmentIds: ['elsewhere'],
    });
    for (let burst = 0; burst < 50; burst += 1)
      bench.simulator.live.bus.notify({ topic: 'environment.services.lb.ips.modified', id: 'x' });
    await eventually('ips to be read', () => bench.simulator.requests().cycle['GET /v1/environment/ips']);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const requests = bench.simulator.requests().cycle;
    expect(requests['GET /v1/sdn/networks']).toBe(1);
    expect(requests['GET /v1/environment/ips']).toBeLessThanOrEqual(3);
    expect(requests['GET /v1/environment/containers']).toBeUndefined();
    expect(requests['GET /v1/environment/instances']).toBeUndefined();
    expect(service.collector.freshness().state).toBe('live');
  });

  it('reads one container’s instances, not ten thousand, after a change in a large environment', async () => {
    bench = await environmentBench({ scenario: 'ten-thousand' });
    const service = await bench.serveRead();
    const instance = runningOf(bodyOf(service), 'site-1-api');
    await new Promise((resolve) => setTimeout(resolve, 500));
    bench.simulator.resetRequests();
    bench.simulator.happen({ kind: 'instance.fail', id: instance.id });
    const patch = await eventually('a patch', () =>
      patchesOf(bench).find((each) => each.upsert.some((node) => node.id === instance.id)),
    );
    expect(patch.upsert.length).toBeLessThan(10);
    expect(bench.simulator.requests().cycle['GET /v1/container/instances']).toBe(1);
    expect(bench.simulator.requests().cycle['GET /v1/environment/instances']).toBeUndefined();
    expect(bench.events.some((event) => event.type === 'resync')).toBe(true);
  });

  it('reads everything once, and unhurried, after topics nobody knows', async () => {
    bench = await environmentBench();
    await bench.serveRead();
    bench.simulator.resetRequests();
    for (let burst = 0; burst < 20; burst += 1)
      bench.simulator.live.bus.notify({ topic: 'quantum.flux.changed', id: 'x' });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(bench.simulator.requests().cycle['GET /v1/environment/containers']).toBeUndefined();
    const reads = () => {
      const { cycle } = bench.simulator.requests();
      return [cycle['GET /v1/environment/containers'], cycle['GET /v1/environment/instances']];
    };
    await eventually('a full read', () => reads().every((count) => count !== undefined), 10_000);
    expect(reads()).toEqual([1, 1]);
  });

  it('reads everything anew after the WebSocket broke, so that what happened meanwhile is seen', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const instance = runningOf(bodyOf(service), 'web');
    bench.simulator.resetRequests();
    bench.simulator.fail({ api: 'cycle', kind: 'drop-websocket', count: 1 });
    await eventually('the socket to be cut', () => !service.collector.notificationsConnected);
    bench.simulator.happen({ kind: 'instance.fail', id: instance.id });
    await eventually('the failed instance', () =>
      bodyOf(service).nodes.some(
        (node) => node.kind === 'instance' && node.id === instance.id && node.state.current === 'failed',
      ),
    );
    expect(bench.simulator.requests().cycle['GET /v1/environment/containers']).toBeGreaterThanOrEqual(1);
    await eventually('the socket to be back', () => service.collector.notificationsConnected);
  });

  it('keeps the last good value and says how old it is while one list fails, then heals', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const nodes = bodyOf(service).nodes.length;
    const undo = bench.simulator.fail({
      api: 'cycle',
      kind: 'wrong-json',
      match: { pathPrefix: '/v1/environment/instances' },
    });
    bench.simulator.live.bus.notify({ topic: 'container.instance.state.changed', id: 'x' });
    const stale = await eventually('stale freshness', () => {
      const { freshness } = bodyOf(service);
      return freshness.state === 'stale' ? freshness : null;
    });
    expect(stale.asOf).not.toBeNull();
    expect(stale.reason).toMatch(/can't be read|could not be read/u);
    expect(bodyOf(service).nodes).toHaveLength(nodes);
    await eventually('a stale patch', () => patchesOf(bench).at(-1)?.freshness.state === 'stale');
    undo();
    await eventually('live again', () => bodyOf(service).freshness.state === 'live');
    await eventually('the browsers to be told', () => patchesOf(bench).at(-1)?.freshness.state === 'live');
  });

  it('says the upstream does not answer when nothing was ever read, and heals by itself', async () => {
    bench = await environmentBench();
    const undo = bench.simulator.fail({ api: 'cycle', kind: 'refuse' });
    const service = await bench.serve();
    await eventually('a reason', () => service.collector.freshness().failingSince);
    expect(service.collector.freshness()).toMatchObject({ state: 'unavailable', asOf: null });
    expect(() => service.container('any')).toThrow(/does not answer|not been read/u);
    undo();
    await eventually('live', () => service.collector.freshness().state === 'live');
  });

  it('slows down while the upstream throttles', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const undo = bench.simulator.fail({ api: 'cycle', kind: 'throttle' });
    bench.simulator.live.bus.notify({ topic: 'container.reconfigured', id: 'x' });
    await eventually('a refused read', () => service.collector.freshness().state === 'stale');
    bench.simulator.resetRequests();
    for (let turn = 0; turn < 15; turn += 1) {
      bench.simulator.live.bus.notify({ topic: 'container.reconfigured', id: 'x' });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const asked = Object.values(bench.simulator.requests().cycle).reduce((sum, count) => sum + count, 0);
    expect(asked).toBeLessThanOrEqual(4);
    undo();
    await eventually('live', () => service.collector.freshness().state === 'live', 15_000);
  });
});

describe('what leaves the server', () => {
  it('holds no secret of the upstream, in any answer, event or log line', async () => {
    bench = await environmentBench({ scenario: 'degraded' });
    const service = await bench.serveRead();
    const { nodes } = bodyOf(service);
    const told = [service.topology.current().body().toString(), JSON.stringify(await service.overview())];
    for (const node of nodes) {
      if (node.kind === 'container')
        told.push(JSON.stringify(containerDetail.parse(service.container(node.id))));
      if (node.kind === 'instance')
        told.push(JSON.stringify(instanceDetail.parse(await service.instance(node.id))));
    }
    told.push(JSON.stringify(bench.events), ...bench.log);
    expect(told.join('\n')).not.toContain('SECRET-');
    expect(told.join('\n')).not.toContain(bench.simulator.env['CYCLE_API_TOKEN']);
    expect(told.join('\n')).not.toContain('0001-01-01');
  });

  it('tells a container in detail: variables by name, sizes in bytes', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const api = bodyOf(service).nodes.find((node) => node.kind === 'container' && node.identifier === 'api');
    const detail = containerDetail.parse(service.container(api?.id ?? ''));
    expect(detail.environmentVariableNames).toContain('DATABASE_URL');
    expect(detail.resources.ramLimitBytes).toBe(1024 ** 3);
    expect(detail.instances.every((instance) => instance.containerId === api?.id)).toBe(true);
    expect(detail.telemetry.intervalSeconds).toBe(30);
    expect(detail.domains.length).toBeGreaterThan(0);
    const own = bodyOf(service).nodes.find(
      (node) => node.kind === 'instance' && node.hostname === 'cyclorama',
    );
    expect(await service.instance(own?.id ?? '')).toMatchObject({ isOwn: true, server: { isOwn: true } });
  });

  it('puts the most urgent first on the overview', async () => {
    bench = await environmentBench({ scenario: 'degraded' });
    const service = await bench.serveRead();
    const seen = overview.parse(await service.overview());
    expect(seen.attentionTotal).toBeGreaterThan(0);
    const severities = seen.attention.map(({ severity }) => severity);
    expect(severities).toEqual(severities.toSorted((a, b) => (a === b ? 0 : a === 'danger' ? -1 : 1)));
    expect(seen.instances.total).toBe(bench.simulator.live.world.instances.size);
    expect(seen.claims).toEqual({ running: 2, waiting: 1, starting: 0, releasing: 0 });
  });

  it('knows an unknown container from an upstream that was never read', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    expect(() => service.container('000000000000000000000000')).toThrow(/no such container/u);
    await expect(service.instance('000000000000000000000000')).rejects.toMatchObject({ code: 'not-found' });
    const health = createUpstreamHealth({
      name: 'cycle',
      label: 'Cycle',
      configured: false,
      clock: systemClock,
    });
    expect(createAbsentCollector(health).freshness()).toMatchObject({ state: 'unconfigured' });
  });
});
