import { wireTime } from '../wire-time.ts';
import type { Environment, ServiceName } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { instancesOf } from '../world/world.ts';
import { creator, lifecycle, stateOf } from './present-common.ts';
import { presentContainerSummary } from './present-container.ts';
import { presentInstanceSummary } from './present-instance.ts';

/** The scheduler's access keys are plain text in it, as on the platform. */
export function presentEnvironment(world: World, environment: Environment): Record<string, unknown> {
  const own = environment.id === world.environment.id;
  return {
    id: environment.id,
    identifier: environment.identifier,
    name: environment.name,
    cluster: world.cluster,
    about: { description: '', favorite: false },
    creator: creator(world),
    hub_id: world.hub.id,
    state: stateOf('live', environment.createdAt),
    events: lifecycle(environment.createdAt, environment.createdAt),
    features: { legacy_networking: false, monitoring: presentMonitoring(world) },
    services: own ? presentServiceSettings(world) : { loadbalancer: null },
    acl: null,
    private_network: presentPrivateNetwork(environment),
    deployments: { tags: own ? world.deploymentTags : {} },
  };
}

/** The file the platform mounts into every instance: no envelope, name or state ("Environment Metadata File"). */
export function presentMetadata(world: World): Record<string, unknown> {
  return {
    id: world.environment.id,
    deployments: { tags: world.deploymentTags },
    private_network: presentPrivateNetwork(world.environment),
    services: presentServiceSettings(world),
  };
}

function presentPrivateNetwork({ subnet, vxlanTag }: Environment): Record<string, unknown> {
  const prefix = `fd00::${subnet}:0:0:0`;
  return { vxlan_tag: vxlanTag, subnet, ipv6: { ip: prefix, cidr: `${prefix}/80` }, legacy: null };
}

function presentServiceSettings(world: World): Record<string, unknown> {
  const settings = (name: ServiceName, config: unknown) => {
    const container = [...world.containers.values()].find((each) => each.service === name);
    if (!container) return null;
    return {
      enable: !world.disabledServices.has(name),
      container_id: container.id,
      high_availability: name === 'loadbalancer',
      auto_update: true,
      config,
    };
  };
  return {
    loadbalancer: settings('loadbalancer', {
      performance: world.loadBalancer.performance,
      ipv4: true,
      ipv6: true,
      type: 'v1',
      details: { controllers: [presentController(80), presentController(443)], controller_template: null },
    }),
    discovery: settings('discovery', null),
    vpn: settings('vpn', {
      allow_internet: false,
      auth: { webhook: null, cycle_accounts: true, vpn_accounts: true },
    }),
    scheduler: settings('scheduler', { public: false, access_keys: world.accessKeys }),
    gateway: settings('gateway', null),
  };
}

/** The addresses are secrets: whoever knows one can push to it. */
function presentMonitoring(world: World): Record<string, unknown> {
  const url = (what: string) => `https://collect.example/${what}/${world.hub.id}-SECRET`;
  return {
    tier: 'standard',
    config: {
      logs: { drain: { url: url('logs'), format: 'ndjson-headers', exclude_services: true } },
      metrics: { endpoint: { url: url('metrics') } },
      events: null,
    },
  };
}

function presentController(port: 80 | 443): Record<string, unknown> {
  return {
    identifier: `port-${port}`,
    port,
    waf: null,
    transport: {
      disable: false,
      mode: 'http',
      config: {
        performance: false,
        ingress: { tls: { enable: port === 443 } },
        timeouts: { idle: '30s' },
        verbosity: 'normal',
      },
      routers: [
        {
          match: { domains: null, internal_ports: null, path: null },
          mode: 'random',
          config: {
            sticky_sessions: false,
            destination_retries: 3,
            destination_prioritization: 'latency',
            tls: null,
            timeouts: { destination_connection: '5s' },
            extension: null,
          },
        },
      ],
    },
  };
}

/** By service name: a disabled service is absent, one that never started has `instances: null`. */
export function presentServices(world: World): Record<string, unknown> {
  const services: Record<string, unknown> = {};
  for (const container of world.containers.values()) {
    if (container.service === null || world.disabledServices.has(container.service)) continue;
    const instances = instancesOf(world, container.id);
    services[container.service] = {
      container: presentContainerSummary(world, container),
      instances:
        instances.length === 0 ? null : instances.map((instance) => presentInstanceSummary(world, instance)),
    };
  }
  return services;
}

export function presentHub(world: World): Record<string, unknown> {
  return {
    id: world.hub.id,
    name: world.hub.name,
    events: lifecycle(world.hub.createdAt, world.hub.createdAt),
    creator: creator(world),
    state: stateOf('live', world.hub.createdAt),
  };
}

export function presentNetworks(world: World): Record<string, unknown>[] {
  return world.networks.map((network, place) => {
    const prefix = `fd00::${network.subnet}:0:0:0`;
    return {
      id: network.id,
      name: network.name,
      identifier: network.identifier,
      cluster: world.cluster,
      creator: creator(world),
      hub_id: world.hub.id,
      state: stateOf('live', world.environment.createdAt),
      l2: null,
      private_network: {
        vxlan_tag: network.vxlanTag,
        subnet: network.subnet,
        mac_addr_suffix: 12 + place,
        ipv6: { ip: prefix, cidr: `${prefix}/80` },
      },
      environments: network.environmentIds.map((id) => ({
        id,
        added: wireTime(world.environment.createdAt),
      })),
      acl: null,
      events: lifecycle(world.environment.createdAt, world.environment.createdAt),
    };
  });
}
