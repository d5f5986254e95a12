import type { z } from 'zod';

import type { CycleInterfaceCounters, CycleTelemetryRow } from './types.ts';
import { lifecycleTime } from './units.ts';
import type * as wire from './wire.ts';

/** Derived from the interface's name: `i-pri-…`, `i-pub-…`, in older documents `eth-priv`, `eth-pub`. */
function interfaceKind(name: string): CycleInterfaceCounters['kind'] {
  if (name.includes('pri')) return 'private';
  return name.includes('pub') ? 'public' : 'other';
}

const sumOf = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a + b;

export function toTelemetryRow(it: z.output<typeof wire.telemetry>): CycleTelemetryRow | null {
  const { time, cpu, memory, processes, network } = it.stats;
  const at = Date.parse(time);
  if (Number.isNaN(at) || lifecycleTime(time) === null) return null;
  return {
    instanceId: it.instance_id,
    containerId: it.container_id,
    environmentId: it.environment_id,
    at,
    cpuNs: cpu?.usage?.total ?? null,
    periods: cpu?.throttling?.periods ?? null,
    throttledPeriods: cpu?.throttling?.throttled_periods ?? null,
    interfaces: (network?.interfaces ?? []).map((each) => ({
      name: each.name,
      kind: interfaceKind(each.name),
      receivedBytes: each.rx_bytes ?? null,
      transmittedBytes: each.tx_bytes ?? null,
      errors: sumOf(each.rx_errors ?? null, each.tx_errors ?? null),
      drops: sumOf(each.rx_dropped ?? null, each.tx_dropped ?? null),
    })),
    memoryBytes: memory?.usage?.usage ?? null,
    memoryLimitBytes: memory?.usage?.limit ?? null,
    limitHits: memory?.usage?.fail_count ?? null,
    swapBytes: memory?.swap_usage?.usage ?? null,
    cacheBytes: memory?.cache ?? null,
    processes: processes?.current ?? null,
  };
}
