import { wireTime } from '../wire-time.ts';
import type { Container } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { creator, lifecycle, stateOf } from './present-common.ts';

const presented = new WeakMap<Container, { revision: number; text: string }>();

/** Cached as text until the container changes. */
export function containerJson(world: World, container: Container): string {
  const kept = presented.get(container);
  if (kept?.revision === container.revision) return kept.text;
  const text = JSON.stringify(presentContainer(world, container));
  presented.set(container, { revision: container.revision, text });
  return text;
}

/** Environment variables and volume passwords are plain text in it, as on the platform. */
export function presentContainer(world: World, container: Container): Record<string, unknown> {
  const { state, ...summary } = presentContainerSummary(world, container);
  const isScoped = container.id === world.self.containerId && world.self.scope !== null;
  return {
    ...summary,
    identifier: container.identifier,
    config: {
      network: { public: container.publicMode, hostname: container.identifier, ports: container.ports },
      deploy: presentDeploy(container),
      runtime: {
        privileged: false,
        environment_vars: container.environmentVariables,
        host: { power_management: container.powerManagement },
        ...(isScoped ? { internal_api: { scope: world.self.scope } } : {}),
      },
      resources: {
        cpu: { shares: { limit: container.cpuShares, reserve: Math.ceil(container.cpuShares / 2) } },
        ram: { limit: `${container.ramMegabytes}M`, reserve: `${Math.ceil(container.ramMegabytes / 4)}M` },
      },
    },
    instances: container.desiredInstances,
    volumes: presentVolumes(container),
    role: container.powerManagement ? 'orchestrator' : null,
    stateful: container.stateful,
    state: { ...(state as object), desired: desiredState(container) },
  };
}

export function presentContainerSummary(world: World, container: Container): Record<string, unknown> {
  const ip = `fd00::${world.environment.subnet}:${container.subnet}:0:0`;
  const extension = container.virtualMachineId
    ? { identifier: 'virtual-machine-v1', id: container.virtualMachineId }
    : null;
  return {
    id: container.id,
    name: container.name,
    creator: creator(world, container.service !== null),
    environment: {
      id: world.environment.id,
      cluster: world.cluster,
      container_subnet: container.subnet,
      ipv6: { ip, cidr: `${ip}/96` },
      legacy: null,
    },
    hub_id: world.hub.id,
    stack: null,
    image: { id: container.imageId, extension, service: container.service },
    annotations: null,
    state: stateOf(container.state, container.stateChangedAt),
    deprecate: false,
    lock: false,
    deployment: container.deploymentVersion === null ? null : { version: container.deploymentVersion },
    events: {
      ...lifecycle(container.createdAt, container.updatedAt),
      started: wireTime(container.startedAt),
    },
  };
}

function desiredState(container: Container): string {
  if (container.functionLimits) return 'function';
  return container.state === 'stopping' || container.state === 'stopped' ? 'stopped' : 'running';
}

function presentDeploy(container: Container): Record<string, unknown> {
  const limits = container.functionLimits;
  return {
    instances: container.desiredInstances,
    strategy: container.strategy,
    function: limits && {
      max_pool_size: limits.maxPoolSize,
      max_shard_concurrency: limits.maxShardConcurrency,
      max_runtime: limits.maxRuntime,
      max_queue_time: limits.maxQueueTime,
    },
    ...(container.healthCheck
      ? {
          health_check: {
            command: '/bin/healthz',
            retries: 3,
            delay: '10s',
            interval: '30s',
            timeout: '5s',
            restart: true,
          },
        }
      : {}),
    ...(container.readinessCheck
      ? { readiness_check: { command: '/bin/readyz', interval: '10s', timeout: '5s' } }
      : {}),
    telemetry: { retention: '24h', interval: '30s', disable: container.telemetryDisabled },
  };
}

function presentVolumes(container: Container): Record<string, unknown>[] {
  if (container.volumePassword === null) return [];
  return [
    {
      id: container.id.slice(0, 23) + (container.id.endsWith('0') ? '1' : '0'),
      hash: container.subnet,
      config: {
        identifier: 'data',
        read_only: false,
        block_device: false,
        local: { max_size: '50G', stateless: false, storage_pool: null },
        external: null,
        destination: '/var/lib/data',
        remote_access: {
          enable: true,
          ips: ['203.0.113.0/24'],
          password: { algorithm: 'raw', data: container.volumePassword },
        },
      },
    },
  ];
}
