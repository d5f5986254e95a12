import type { Freshness } from '@cyclorama/shared/common.ts';
import { afterEach, describe, expect, it } from 'vitest';

import { bodyOf, environmentBench, eventually } from './environment.fixture.ts';
import type { EnvironmentBench } from './environment.fixture.ts';
import type { EnvironmentService } from './service.ts';

let bench: EnvironmentBench;
afterEach(() => bench.close());

/** Upper bound of the detection; the checks run slightly more often than by default, for busy machines. */
const TOLD_WITHIN_MS = 5_000;
const CHECK_MS = 1_000;

/** Freshness of every part of the environment, and of the list of upstreams. */
async function agesOf(service: EnvironmentService): Promise<Record<string, Freshness['state']>> {
  const { nodes, freshness } = bodyOf(service);
  const idOf = (kind: string): string => nodes.find((node) => node.kind === kind)?.id ?? '';
  return {
    topology: freshness.state,
    overview: (await service.overview()).freshness.state,
    container: service.container(idOf('container')).freshness.state,
    instance: (await service.instance(idOf('instance'))).freshness.state,
    pools: service.functionDirectory.freshness().state,
    upstream: bench.health().freshness().state,
  };
}
const allAre = async (service: EnvironmentService, state: Freshness['state']): Promise<boolean> =>
  Object.values(await agesOf(service)).every((each) => each === state);

describe('an internal API that says nothing, or nothing that can be read', () => {
  it.each([
    { kind: 'down' },
    { kind: 'refuse' },
    { kind: 'hang' },
    { kind: 'hold-body' },
    { kind: 'wrong-json', body: '{"data":null}' },
    { kind: 'wrong-json', body: 'garbage \0' },
    { kind: 'null-list' },
    { kind: 'deep' },
    { kind: 'hang', match: { pathPrefix: '/v1/environment/instances' } },
  ] as const)(
    'is not live within 5 s, and live again after it: %o',
    async (fault) => {
      bench = await environmentBench({ checkMs: CHECK_MS });
      const service = await bench.serveRead();
      const { size } = service.collector.snapshot.instances;
      const { length } = bodyOf(service).nodes;
      expect(await allAre(service, 'live')).toBe(true);
      const undo = bench.simulator.fail({ api: 'cycle', ...fault });
      await eventually('every part to be stale', () => allAre(service, 'stale'), TOLD_WITHIN_MS);
      await eventually('a patch that says so', () => {
        const patch = bench.events.findLast((event) => event.type === 'topology');
        return patch?.type === 'topology' && patch.patch.freshness.state === 'stale';
      });
      const { reason } = service.collector.freshness();
      expect(reason).toBe(bench.health().freshness().reason);
      expect(reason).toMatch(/^Cycle's internal API [^.]+\.$/u);
      // The known instances stay.
      expect(service.collector.snapshot.instances.size).toBe(size);
      expect(bodyOf(service).nodes).toHaveLength(length);
      undo();
      await eventually('every part to be live again', () => allAre(service, 'live'), 15_000);
      expect(bodyOf(service).nodes).toHaveLength(length);
    },
    40_000,
  );

  it('fails for one part alone where only that can’t be read, and says which', async () => {
    bench = await environmentBench();
    const service = await bench.serveRead();
    const known = service.collector.snapshot.ips.length;
    const undo = bench.simulator.fail({
      api: 'cycle',
      kind: 'null-list',
      match: { pathPrefix: '/v1/environment/ips' },
    });
    bench.simulator.live.bus.notify({ topic: 'environment.services.lb.ips.modified', id: 'x' });
    const parts = await eventually('the part', () => service.collector.freshness().parts);
    expect(parts).toMatchObject([{ name: 'ips', reason: expect.stringContaining('IP addresses') }]);
    expect(service.collector.freshness().state).toBe('live');
    expect(bench.health().freshness().state).toBe('stale');
    expect(service.collector.snapshot.ips).toHaveLength(known);
    await eventually('a patch that says so', () => bodyOf(service).freshness.parts?.length === 1);
    undo();
    await eventually('all parts', () => service.collector.freshness().parts === undefined, 15_000);
    expect(bench.health().freshness().state).toBe('live');
  });
});

describe('notifications that do not come', () => {
  it.each(['drop-websocket', 'silent-websocket', 'garbage-websocket'] as const)(
    'are made up for by reading every few seconds: %s',
    async (kind) => {
      bench = await environmentBench({ checkMs: CHECK_MS });
      const service = await bench.serveRead();
      const undo = bench.simulator.fail({ api: 'cycle', kind });
      await eventually('the loss to be seen', () => !service.collector.notificationsConnected, 6_000);
      // A network is read by full reads only, not by the checks.
      const [network] = bench.simulator.live.world.networks;
      if (network === undefined) throw new Error('expected a network');
      Object.assign(network, { name: 'renamed in silence' });
      await eventually(
        'the new name',
        () => bodyOf(service).nodes.some(({ name }) => name === 'renamed in silence'),
        8_000,
      );
      expect(service.collector.freshness().state).toBe('live');
      undo();
      bench.simulator.live.bus.notify({ topic: 'hub.something.new', id: 'x' });
      await eventually(
        'notifications to be back',
        () => {
          bench.simulator.live.bus.notify({ topic: 'hub.something.new', id: 'x' });
          return service.collector.notificationsConnected;
        },
        20_000,
      );
    },
    45_000,
  );
});

describe('an internal API that is limited by scope', () => {
  it('shows what it may, and says for each other part which scope it needs', async () => {
    bench = await environmentBench({ scenario: 'scoped' });
    const service = await bench.serve();
    const parts = await eventually('the parts left out', () => {
      const freshness = service.collector.freshness();
      return freshness.state === 'live' && freshness.parts?.length === 3 ? freshness.parts : null;
    });
    expect(Object.fromEntries(parts.map(({ name, needsScope }) => [name, needsScope]))).toEqual({
      server: 'server',
      networks: 'networks',
      notifications: 'notifications',
    });
    for (const { reason, needsScope } of parts) expect(reason).toContain(`needs the scope ${needsScope}`);
    expect(service.collector.snapshot.instances.size).toBe(bench.simulator.live.world.instances.size);
    expect(bench.health().freshness().state).toBe('live');
    bench.simulator.happen({ kind: 'scope.set', scope: null });
    await eventually('all parts', () => service.collector.freshness().parts === undefined, 60_000);
  }, 70_000);

  it('names the scope where the environment itself is left out', async () => {
    bench = await environmentBench({ scenario: 'scoped' });
    bench.simulator.happen({ kind: 'scope.set', scope: ['self'] });
    const service = await bench.serve();
    await eventually('a reason', () => service.collector.freshness().failingSince);
    expect(service.collector.freshness()).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('needs the scope environment'),
    });
    expect(() => service.container('any')).toThrow(/needs the scope environment/u);
  });
});
