import type { Measure } from '@cyclorama/shared/telemetry.ts';
import type { Gauge } from 'prom-client';

import { gaugesIn } from './meter.ts';
import type { Prometheus } from './meter.ts';

export type InstanceSources = {
  /** By instance id, of those with a current value only. */
  latest: (measure: Measure) => Record<string, number>;
  environmentName: () => string | null;
  instance: (id: string) => { containerId: string; serverId: string } | null;
  containerName: (id: string) => string | null;
};

type Named = { name: string; help: string; factor?: number };

/** In base units; `factor` makes them of ours. */
const NAMES: Record<Measure, Named> = {
  cpu: { name: 'cpu_cores', help: 'Processor used, in cores.', factor: 0.01 },
  throttled: { name: 'cpu_throttled_ratio', help: 'Share of periods throttled.', factor: 0.01 },
  memory: { name: 'memory_bytes', help: 'Memory used.' },
  memoryLimit: { name: 'memory_limit_bytes', help: 'Most memory allowed; absent where there is no limit.' },
  swap: { name: 'swap_bytes', help: 'Swap used.' },
  cache: { name: 'cache_bytes', help: 'Page cache.' },
  memoryLimitHits: { name: 'memory_limit_hits_per_second', help: 'Allocations that hit the limit.' },
  processes: { name: 'processes', help: 'Processes.' },
  receive: { name: 'receive_bytes_per_second', help: 'Received on all interfaces.' },
  transmit: { name: 'transmit_bytes_per_second', help: 'Sent on all interfaces.' },
  receivePrivate: { name: 'receive_private_bytes_per_second', help: 'Received on private interfaces.' },
  transmitPrivate: { name: 'transmit_private_bytes_per_second', help: 'Sent on private interfaces.' },
  receivePublic: { name: 'receive_public_bytes_per_second', help: 'Received on public interfaces.' },
  transmitPublic: { name: 'transmit_public_bytes_per_second', help: 'Sent on public interfaces.' },
  networkErrors: { name: 'network_errors_per_second', help: 'Packets with errors, both directions.' },
  networkDrops: { name: 'network_drops_per_second', help: 'Packets dropped, both directions.' },
};

/** A registry of its own, made anew at each scrape: what is not current has no series. */
export function createInstanceGauges(
  prometheus: Prometheus,
  { latest, environmentName, instance, containerName }: InstanceSources,
): { text(): Promise<string> } {
  const registry = new prometheus.Registry();
  const gauge = gaugesIn(prometheus, registry);
  const labels = ['environment', 'container', 'instance', 'server'];
  const gauges = (Object.entries(NAMES) as [Measure, Named][]).map(
    ([measure, { name, help, factor = 1 }]): [Measure, number, Gauge] => [
      measure,
      factor,
      gauge(`cyclorama_instance_${name}`, help, labels),
    ],
  );
  return {
    text() {
      const environment = environmentName() ?? '';
      for (const [measure, factor, each] of gauges) {
        each.reset();
        for (const [id, value] of Object.entries(latest(measure))) {
          const it = instance(id);
          if (it === null) continue;
          const container = containerName(it.containerId) ?? it.containerId;
          each.set({ environment, container, instance: id, server: it.serverId }, value * factor);
        }
      }
      return registry.metrics();
    },
  };
}
