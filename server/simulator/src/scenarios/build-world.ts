import type { Random } from '../random.ts';
import { createOutput } from '../world/output.ts';
import type { Container, Environment, Instance, Location, Server } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { buildAddresses } from './build-addresses.ts';
import { buildContainer, buildInstance } from './build-container.ts';
import { addVirtualMachine } from './build-virtual-machine.ts';
import type { Build } from './build.ts';
import type { ContainerPlan } from './plan.ts';

const DAY = 86_400_000;

/** Everything that should run has been running for minutes to hours. */
export function buildWorld(build: Build): World {
  const { plan, ids, random } = build;
  const environment = buildEnvironment(build, plan.environment.identifier, plan.environment.name, 0xd600);
  const fleet = buildEnvironment(build, 'field-fleet', 'Field Fleet', 0xd700);
  const locations = plan.locations.map((each) => ({ id: ids.objectId(), ...each }));
  const servers = buildServers(build, locations);
  const world: World = {
    scenario: plan.name,
    clock: build.clock,
    ids,
    ...buildHub(build),
    ...buildCredentials(build),
    environment,
    otherEnvironments: [fleet],
    otherInstances: [],
    otherContainerId: ids.objectId(),
    self: { instanceId: '', containerId: '', serverId: servers[0]?.id ?? '', scope: plan.scope ?? null },
    telemetryFaults: {
      clockOffsetMs: 0,
      cancelClockReset: () => undefined,
      memoryLimitBytes: null,
      missing: [],
    },
    output: createOutput(),
    deploymentTags: { live: 'v2.4.1', canary: 'v2.5.0' },
    disabledServices: new Set(plan.disabledServices),
    loadBalancer: { performance: false },
    locations: new Map(locations.map((each) => [each.id, each])),
    servers: new Map(servers.map((each) => [each.id, each])),
    containers: new Map(),
    instances: new Map(),
    virtualMachines: new Map(),
    ips: [],
    domains: [],
    certificates: [],
    networks: buildNetworks(build, [environment.id, fleet.id]),
    integrations: buildIntegrations(build),
  };
  for (const containerPlan of plan.containers) addContainer(world, build, servers, containerPlan);
  for (const machine of plan.virtualMachines) addVirtualMachine(world, build, servers, machine);
  if (plan.neighbours) world.otherInstances.push(...otherInstances(world, random, servers));
  buildAddresses(world, build);
  return world;
}

function buildHub({ clock, ids }: Build): Pick<World, 'hub' | 'cluster'> {
  const createdAt = clock.now() - 400 * DAY;
  return {
    hub: { id: ids.objectId(), name: 'Orchard Robotics', createdAt, accountId: ids.objectId() },
    cluster: 'production',
  };
}

function buildCredentials({
  ids,
}: Build): Pick<World, 'scopedVariables' | 'accessKeys' | 'vpnUsers' | 'tokens' | 'platformKey'> {
  const database = `postgres://app:${ids.secret('scoped')}@postgres:5432/app`;
  return {
    scopedVariables: [
      { identifier: 'MAP_SERVICE_URL', value: 'http://map-tiles:8080', durationMs: null },
      { identifier: 'DB_URL', value: database, durationMs: null },
      { identifier: 'EMPTY_ON_URL_FAILURE', value: '', durationMs: null },
      { identifier: 'BOOTSTRAP_TOKEN', value: ids.secret('bootstrap'), durationMs: 120_000 },
    ],
    accessKeys: [
      { name: 'dashboard', secret: ids.secret('scheduler'), ips: [] },
      { name: 'batch-host', secret: ids.secret('scheduler'), ips: ['203.0.113.200'] },
    ],
    vpnUsers: [
      { name: 'ada', password: 'ada-demo', role: 'admin' },
      { name: 'oscar', password: 'oscar-demo', role: 'operator' },
      { name: 'vera', password: 'vera-demo', role: 'viewer' },
      { name: 'walter', password: 'walter-demo', role: 'viewer' },
    ],
    tokens: { cycle: ids.secret('cycle'), platformKey: ids.secret('platform') },
    platformKey: { capabilities: null },
  };
}

function buildNetworks({ plan, ids }: Build, environmentIds: string[]): World['networks'] {
  return plan.networks.map((each, place) => ({
    id: ids.objectId(),
    ...each,
    subnet: (0xe100 + place).toString(16),
    vxlanTag: 812 + place,
    environmentIds,
  }));
}

function buildEnvironment(
  { ids, clock }: Build,
  identifier: string,
  name: string,
  subnet: number,
): Environment {
  return {
    id: ids.objectId(),
    identifier,
    name,
    subnet: subnet.toString(16),
    vxlanTag: subnet - 0xd000,
    createdAt: clock.now() - 300 * DAY,
  };
}

function buildServers({ plan, clock, ids }: Build, locations: Location[]): Server[] {
  return Array.from({ length: plan.servers }, (_, place): Server => {
    const location = locations[place % locations.length];
    if (!location) throw new RangeError('locations: expected at least one');
    const number = Math.floor(place / locations.length) + 1;
    return {
      id: ids.objectId(),
      modelId: ids.objectId(),
      nodeId: ids.objectId(),
      hostname: `srv-${location.code}-${number}`,
      locationId: location.id,
      cores: 16,
      ramMegabytes: 65_536,
      publicIp: `203.0.113.${10 + place}`,
      createdAt: clock.now() - 200 * DAY,
      images: [],
      state: 'live',
      power: 'on',
    };
  });
}

function buildIntegrations({ ids }: Build): World['integrations'] {
  const integration = (
    name: string,
    vendor: string,
    region: string | null,
    extra: Record<string, string>,
  ) => ({
    id: ids.objectId(),
    name,
    vendor,
    identifier: name.toLowerCase().replaceAll(' ', '-'),
    apiKey: ids.secret('integration'),
    keyId: ids.secret('key-id'),
    region,
    extra,
  });
  return [
    integration('Compute', 'vultr', 'ewr', {}),
    integration('Backups', 'backblaze-b2', null, { bucket: 'orchard-backups' }),
    integration('Object Storage', 'aws', 'us-east-1', { bucket: 'orchard-maps' }),
  ];
}

/** Instances go to the servers in turn; the caller's own is on the first. */
function addContainer(world: World, build: Build, servers: Server[], plan: ContainerPlan): Container {
  const container = buildContainer(world, build, plan);
  world.containers.set(container.id, container);
  for (let index = 1; index <= plan.instances; index++) {
    const server = plan.self ? servers[0] : servers[(world.instances.size + 1) % servers.length];
    if (!server) throw new RangeError('servers: expected at least one');
    const instance = buildInstance(world, build, container, index, server);
    world.instances.set(instance.id, instance);
    keepImage(server, container.imageId, world.clock.now());
    if (plan.self) Object.assign(world.self, { instanceId: instance.id, containerId: container.id });
  }
  return container;
}

function keepImage(server: Server, imageId: string, now: number): void {
  if (!server.images.some((image) => image.id === imageId))
    server.images.push({ id: imageId, accessedAt: now });
}

/** Instances of another environment on the same servers; the server's telemetry shows them too. */
function otherInstances(world: World, random: Random, servers: Server[]): Instance[] {
  const [other] = world.otherEnvironments;
  const template = world.instances.get(world.self.instanceId);
  if (!other || !template) return [];
  return servers.slice(0, 2).map((server, place) => ({
    ...template,
    id: world.ids.objectId(),
    containerId: world.otherContainerId,
    environmentId: other.id,
    index: place + 1,
    serverId: server.id,
    hostname: 'beacon',
    phase: random.next(),
    startedAt: world.clock.now() - 3 * DAY,
  }));
}
