import { wireTime } from '../wire-time.ts';
import type { TelemetryPart } from '../world/telemetry-faults.ts';
import { countersOf } from '../world/telemetry.ts';
import type { Counters } from '../world/telemetry.ts';
import type { Instance } from '../world/types.ts';
import type { World } from '../world/world.ts';

/** What one interface carries of an instance's traffic, and one packet in how many it drops. */
const PRIVATE_ONLY = { share: 1, dropsOneIn: 60_000 };
const PRIVATE = { share: 0.4, dropsOneIn: 60_000 };
const PUBLIC = { share: 0.6, dropsOneIn: 9_000 };
const ERRORS_PER_DROP = 0.05;

/** Rows of the instances that run and whose container's telemetry is enabled; uses up what is to be missing once. */
export function presentTelemetry(world: World, instances: Instance[]): Record<string, unknown>[] {
  const missing = world.telemetryFaults.missing.splice(0);
  return instances.flatMap((instance) => {
    const parts = missing
      .filter(({ instanceId }) => instanceId === null || instanceId === instance.id)
      .map(({ part }) => part);
    const row = presentRow(world, instance, new Set(parts), world.clock.now());
    return row ? [row] : [];
  });
}

/** ResourceSnapshot at a time it ran, as the public API's report has it. */
export function presentSnapshot(
  world: World,
  instance: Instance,
  at: number,
): Record<string, unknown> | undefined {
  return presentRow(world, instance, new Set(), at)?.stats;
}

function presentRow(
  world: World,
  instance: Instance,
  missing: Set<TelemetryPart>,
  at: number,
): { stats: Record<string, unknown> } | undefined {
  const counters = countersOf(world, instance, at);
  const isOff = world.containers.get(instance.containerId)?.telemetryDisabled;
  if (!counters || isOff || missing.has('row')) return undefined;
  const ids = {
    instance_id: instance.id,
    container_id: instance.containerId,
    environment_id: instance.environmentId,
  };
  return {
    ...ids,
    stats: {
      time: wireTime(at + world.telemetryFaults.clockOffsetMs),
      hub_id: world.hub.id,
      ...ids,
      server_id: instance.serverId,
      cluster: world.cluster,
      ...(missing.has('cpu') ? {} : { cpu: presentCpu(world, instance, counters, missing.has('counters')) }),
      ...(missing.has('memory') ? {} : { memory: presentMemory(world, counters) }),
      processes: { current: counters.processes, limit: 4096 },
      ...(missing.has('network') ? {} : { network: presentNetwork(world, instance, counters, missing) }),
      hugetlb: { usage: 0, max: 0, fail_count: 0 },
    },
  };
}

function presentCpu(world: World, instance: Instance, counters: Counters, withoutTotal: boolean) {
  const { cpuTotal, cpuKernel, cpuUser, periods, throttledPeriods } = counters;
  return {
    num_cores: world.servers.get(instance.serverId)?.cores ?? 1,
    usage: { total: withoutTotal ? null : cpuTotal, kernel: cpuKernel, user: cpuUser },
    throttling: {
      periods,
      throttled_periods: throttledPeriods,
      throttled_time: throttledPeriods * 31_000_000,
    },
  };
}

function presentMemory(world: World, counters: Counters) {
  const limit = world.telemetryFaults.memoryLimitBytes ?? counters.memoryLimit;
  const gauge = (usage: number, max_usage: number, fail_count = 0) => ({
    usage,
    max_usage,
    fail_count,
    limit,
  });
  return {
    cache: counters.memoryCache,
    usage: gauge(counters.memoryUsage, counters.memoryMax, counters.memoryLimitHits),
    swap_usage: gauge(counters.swapUsage, counters.swapMax),
    kernel_usage: gauge(4_194_304, 5_242_880),
    kernel_tcp_usage: gauge(0, 1_048_576),
  };
}

function presentNetwork(world: World, instance: Instance, counters: Counters, missing: Set<TelemetryPart>) {
  if (missing.has('interfaces')) return { interfaces: null };
  if (missing.has('no-interfaces')) return { interfaces: [] };
  const suffix = instance.id.slice(-4);
  const isPublic = world.containers.get(instance.containerId)?.publicMode === 'enable';
  const interfaces = isPublic
    ? [
        presentInterface(`i-pri-${suffix}`, counters, PRIVATE),
        presentInterface(`i-pub-${suffix}`, counters, PUBLIC),
      ]
    : [presentInterface(`i-pri-${suffix}`, counters, PRIVATE_ONLY)];
  if (!missing.has('counters')) return { interfaces };
  return { interfaces: interfaces.map((each) => ({ ...each, rx_bytes: null, tx_bytes: null })) };
}

function presentInterface(
  name: string,
  counters: Counters,
  { share, dropsOneIn }: { share: number; dropsOneIn: number },
) {
  const drops = (packets: number) => (packets * share) / dropsOneIn;
  return {
    name,
    rx_bytes: Math.floor(counters.rxBytes * share),
    tx_bytes: Math.floor(counters.txBytes * share),
    rx_packets: Math.floor(counters.rxPackets * share),
    tx_packets: Math.floor(counters.txPackets * share),
    rx_dropped: Math.floor(drops(counters.rxPackets)),
    tx_dropped: Math.floor(drops(counters.txPackets) / 4),
    rx_errors: Math.floor(drops(counters.rxPackets) * ERRORS_PER_DROP),
    tx_errors: Math.floor(drops(counters.txPackets) * ERRORS_PER_DROP),
  };
}
