import type { NodeOf, Topology, TopologyNode, TopologyPatch } from '../../shared/src/topology.ts';
import { seeded } from '../lib/random.ts';

export type Size = {
  instances: number;
  containers: number;
  servers: number;
};

const epoch = 'bench';
const live = { state: 'live', asOf: '2026-01-01T00:00:00Z', failingSince: null, reason: null } as const;

export function makeTopology(size: Size, seed: number): Topology {
  const random = seeded(seed);
  const nodes: TopologyNode[] = [...surroundings(), ...places(size), ...containers(size)];
  for (let index = 0; index < size.instances; index += 1) nodes.push(instance(index, size, random));
  return { epoch, revision: 1, freshness: live, nodes };
}

export function makePatch(
  topology: Topology,
  from: number,
  count: number,
  random: () => number,
): TopologyPatch {
  const instances = topology.nodes.filter((node) => node.kind === 'instance');
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, instances.length)) chosen.add(Math.floor(random() * instances.length));
  const upsert = instances
    .filter((_, index) => chosen.has(index))
    .map((node) => ({ ...node, state: stateOf(node.state.current === 'starting' ? 'stopped' : 'starting') }));
  return { epoch, from, revision: from + 1, freshness: live, upsert, remove: [] };
}

export function revertPatch(topology: Topology, patch: TopologyPatch): TopologyPatch {
  const ids = new Set(patch.upsert.map((node) => node.id));
  const upsert = topology.nodes.filter((node) => ids.has(node.id));
  return { ...patch, from: patch.revision, revision: patch.revision + 1, upsert };
}

function id(kind: number, index: number): string {
  return `${kind}${index.toString(16).padStart(23, '0')}`;
}

function stateOf(current: string): { current: string; changed: string; error: null } {
  return { current, changed: '2026-01-01T00:00:00Z', error: null };
}

const environmentId = id(1, 1);
const locations = ['Amsterdam', 'Ashburn', 'Frankfurt', 'Osaka'];
const names = ['api', 'billing', 'broker', 'cache', 'ingest', 'mapper', 'planner', 'search', 'vision', 'web'];

function surroundings(): TopologyNode[] {
  const state = stateOf('live');
  const place = { identifier: 'bench', cluster: 'production', hubId: id(0, 1) };
  return [
    { kind: 'hub', id: id(0, 1), name: 'Bench hub', state },
    { kind: 'environment', id: environmentId, name: 'Bench', ...place, state },
  ];
}

function places({ servers }: Size): TopologyNode[] {
  const provider = 'bench';
  return [
    ...locations.map((name, index) => ({ kind: 'location', id: id(2, index), name, provider }) as const),
    ...Array.from({ length: servers }, (_, index) => {
      const locationId = id(2, index % locations.length);
      const name = `server-${index + 1}`;
      return {
        kind: 'server',
        id: id(3, index),
        name,
        locationId,
        provider,
        isOwn: index === 0,
        state: null,
      } as const;
    }),
  ];
}

const services = ['loadbalancer', 'discovery', 'vpn', 'scheduler'];

function partOf(container: number): { service: string | null; isFunction: boolean } {
  return { service: services[container] ?? null, isFunction: container % 10 === 9 };
}

function containerName(index: number): string {
  return services[index] ?? `${names[index % names.length] ?? 'web'}-${Math.floor(index / names.length)}`;
}

function containers(size: Size): TopologyNode[] {
  return Array.from({ length: size.containers }, (_, index) => ({
    kind: 'container' as const,
    id: id(4, index),
    name: containerName(index),
    identifier: containerName(index),
    environmentId,
    state: stateOf('running'),
    ...partOf(index),
    isDisabled: false,
    desiredInstances: Math.ceil(size.instances / size.containers),
    strategy: 'high-availability',
    publicNetwork: 'egress-only',
    deployment: null,
  }));
}

function pickState(random: () => number): string {
  const at = random();
  return at < 0.9 ? 'running' : at < 0.96 ? 'stopped' : at < 0.985 ? 'starting' : 'failed';
}

function instance(index: number, size: Size, random: () => number): NodeOf<'instance'> {
  const container = Math.floor(index / Math.ceil(size.instances / size.containers));
  const server = Math.floor(random() * size.servers);
  const name = `${containerName(container)}-${index}`;
  const current = pickState(random);
  return {
    kind: 'instance',
    id: id(5, index),
    name,
    containerId: id(4, container),
    serverId: id(3, server),
    locationId: id(2, server % locations.length),
    hostname: name,
    state: stateOf(current),
    health: current !== 'running' ? 'none' : random() < 0.01 ? 'unhealthy' : 'healthy',
    healthSince: null,
    ready: current === 'running',
    readySince: null,
    readyState: 'active',
    privateIp: `10.0.${index >> 8}.${index & 255}`,
    ...partOf(container),
    deployment: null,
    migratingTo: null,
    startedAt: '2026-01-01T00:00:00Z',
  };
}
