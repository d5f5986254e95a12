import { wireTime } from '../wire-time.ts';
import { countersOf } from '../world/telemetry.ts';
import type { Instance, Server } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { creator, lifecycle, stateOf } from './present-common.ts';

/** Server resource without the optional `meta.node` block of live numbers. */
export function presentServer(world: World, server: Server): Record<string, unknown> {
  const location = world.locations.get(server.locationId);
  return {
    id: server.id,
    hub_id: world.hub.id,
    location_id: server.locationId,
    model_id: server.modelId,
    node_id: server.nodeId,
    shared_file_systems: { mounts: null, directories: null },
    hostname: server.hostname,
    nickname: null,
    creator: creator(world),
    provider: {
      vendor: location?.vendor ?? '',
      integration_id: world.integrations[0]?.id ?? '',
      model: 'vhp-16c-64gb',
      zone: null,
      location: location?.code ?? '',
      server: server.nodeId,
      init_ips: [server.publicIp],
      mac_addr: `56:00:04:aa:bb:${server.id.slice(-2)}`,
    },
    cluster: world.cluster,
    features: { sftp: true, base_volume_gb: 20 },
    constraints: {
      tags: [location?.code ?? 'any'],
      allow: { pool: true, services: true, overcommit: false, overcommit_multiple: null },
    },
    autoscale: null,
    ephemeral: false,
    evacuate: null,
    state: stateOf(server.state, server.createdAt),
    events: {
      ...lifecycle(server.createdAt, server.createdAt),
      latest_instance: wireTime(server.createdAt),
      provisioning: {
        started: wireTime(server.createdAt),
        failed: wireTime(null),
        completed: wireTime(server.createdAt + 420_000),
      },
    },
  };
}

export function presentImages(server: Server): { id: string; access_time: string }[] {
  return server.images.map((image) => ({ id: image.id, access_time: wireTime(image.accessedAt) }));
}

/** Undefined while the instance does not run or its container's telemetry is disabled. */
export function presentTelemetry(world: World, instance: Instance): Record<string, unknown> | undefined {
  const counters = countersOf(world, instance);
  if (!counters || world.containers.get(instance.containerId)?.telemetryDisabled) return undefined;
  const ids = {
    instance_id: instance.id,
    container_id: instance.containerId,
    environment_id: instance.environmentId,
  };
  const gauge = (usage: number, max_usage: number) => ({
    usage,
    max_usage,
    fail_count: 0,
    limit: counters.memoryLimit,
  });
  return {
    ...ids,
    stats: {
      time: wireTime(world.clock.now()),
      hub_id: world.hub.id,
      ...ids,
      server_id: instance.serverId,
      cluster: world.cluster,
      cpu: {
        num_cores: world.servers.get(instance.serverId)?.cores ?? 1,
        usage: { total: counters.cpuTotal, kernel: counters.cpuKernel, user: counters.cpuUser },
        throttling: {
          periods: counters.periods,
          throttled_periods: counters.throttledPeriods,
          throttled_time: counters.throttledPeriods * 31_000_000,
        },
      },
      memory: {
        cache: Math.floor(counters.memoryUsage / 12),
        usage: gauge(counters.memoryUsage, counters.memoryMax),
        swap_usage: gauge(0, 1_048_576),
        kernel_usage: gauge(4_194_304, 5_242_880),
        kernel_tcp_usage: gauge(0, 1_048_576),
      },
      processes: { current: counters.processes, limit: 4096 },
      network: { interfaces: presentInterfaces(world, instance, counters) },
      hugetlb: { usage: 0, max: 0, fail_count: 0 },
    },
  };
}

function presentInterfaces(
  world: World,
  instance: Instance,
  counters: { rxBytes: number; txBytes: number; rxPackets: number; txPackets: number },
): Record<string, unknown>[] {
  const one = (name: string, share: number) => ({
    name,
    rx_bytes: Math.floor(counters.rxBytes * share),
    tx_bytes: Math.floor(counters.txBytes * share),
    rx_packets: Math.floor(counters.rxPackets * share),
    tx_packets: Math.floor(counters.txPackets * share),
    rx_dropped: 0,
    tx_dropped: 0,
    rx_errors: 0,
    tx_errors: 0,
  });
  const suffix = instance.id.slice(-4);
  const isPublic = world.containers.get(instance.containerId)?.publicMode === 'enable';
  return isPublic ? [one(`i-pri-${suffix}`, 0.4), one(`i-pub-${suffix}`, 0.6)] : [one(`i-pri-${suffix}`, 1)];
}
