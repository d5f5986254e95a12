import { wireTime } from '../wire-time.ts';
import type { Instance } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { creator, lifecycle, stateOf } from './present-common.ts';

const presented = new WeakMap<Instance, { revision: number; text: string }>();

/** Cached as text until the instance changes: a list can hold ten thousand. */
export function instanceJson(world: World, instance: Instance): string {
  const kept = presented.get(instance);
  if (kept?.revision === instance.revision) return kept.text;
  const text = JSON.stringify(presentInstance(world, instance));
  presented.set(instance, { revision: instance.revision, text });
  return text;
}

export function presentInstance(world: World, instance: Instance): Record<string, unknown> {
  return {
    ...presentInstanceSummary(world, instance),
    ...(instance.functionSeed === null ? {} : { function: { seed: instance.functionSeed } }),
    purge_time: instance.purgeAt === null ? null : wireTime(instance.purgeAt),
    extension:
      instance.virtualMachineId === null
        ? null
        : { identifier: 'virtual-machine-v1', id: instance.virtualMachineId },
    traffic_drain: instance.drainStartedAt === null ? null : { started: wireTime(instance.drainStartedAt) },
    migration: presentMigration(instance),
    events: lifecycle(instance.createdAt, instance.updatedAt),
    meta: null,
  };
}

/** InstanceSummary, as in `/v1/environment/services`: no `events`, which its schema does not define. */
export function presentInstanceSummary(world: World, instance: Instance): Record<string, unknown> {
  const server = world.servers.get(instance.serverId);
  const location = server && world.locations.get(server.locationId);
  return {
    id: instance.id,
    creator: creator(world, instance.service !== null),
    hub_id: world.hub.id,
    container_id: instance.containerId,
    location_id: server?.locationId ?? '',
    environment: presentInstanceNetwork(world, instance),
    stateful:
      world.containers.get(instance.containerId)?.stateful === true
        ? { id: instance.id, base_hostname: instance.hostname }
        : null,
    provider: {
      vendor: location?.vendor ?? '',
      integration_id: world.integrations[0]?.id ?? '',
      location: location?.code ?? '',
    },
    server_id: instance.serverId,
    ready_state: instance.readyState,
    hostname: instance.hostname,
    state: presentState(instance),
    autoscale: null,
    deployment: instance.deploymentVersion === null ? null : { version: instance.deploymentVersion },
    ...(instance.service === null ? {} : { service: instance.service }),
  };
}

/** The instance's place in the private network; its private address is `ipv6.ip`. */
export function presentInstanceNetwork(world: World, instance: Instance): Record<string, unknown> {
  const container = world.containers.get(instance.containerId);
  const other = world.otherEnvironments.find((each) => each.id === instance.environmentId);
  const environment = other ?? world.environment;
  const ip = `fd00::${environment.subnet}:${container?.subnet ?? 'ffff'}:0:${instance.index.toString(16)}`;
  const octet = (value: number) => (value & 0xff).toString(16).padStart(2, '0');
  return {
    id: environment.id,
    network_subnet: environment.subnet,
    subnet: instance.index.toString(16),
    ipv6: { ip, cidr: `${ip}/96` },
    legacy: null,
    mac_addr: `02:c9:${octet(environment.vxlanTag >> 8)}:${octet(environment.vxlanTag)}:${octet(instance.index >> 8)}:${octet(instance.index)}`,
    vxlan_tag: environment.vxlanTag,
  };
}

function presentState(instance: Instance): Record<string, unknown> {
  const { health, readiness, stateError } = instance;
  return {
    ...stateOf(instance.state, instance.stateChangedAt),
    health: health && { healthy: health.healthy, updated: wireTime(health.updated) },
    readiness: readiness && { ready: readiness.ready, updated: wireTime(readiness.updated) },
    ...(stateError ? { error: { message: stateError.message, time: wireTime(stateError.time) } } : {}),
  };
}

function presentMigration(instance: Instance): Record<string, unknown> | null {
  const migration = instance.migration;
  if (!migration) return null;
  const end = (side: { instanceId: string; serverId: string } | null) =>
    side && { instance_id: side.instanceId, server_id: side.serverId };
  return {
    to: end(migration.to),
    from: end(migration.from),
    started: wireTime(migration.startedAt),
    completed: wireTime(migration.completedAt),
    key: migration.key,
    copy_volumes: true,
  };
}
