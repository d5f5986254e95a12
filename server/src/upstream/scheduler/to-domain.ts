import type { ActiveInstances } from './wire.ts';

export type ActiveInstance = {
  instanceId: string;
  address: string;
  /** Epoch milliseconds; null where the shard does not say. */
  startedAt: number | null;
};

/** The platform writes "never" as the year 1; that and anything unreadable is null here. */
function timeOf(text: string | null | undefined): number | null {
  if (!text || text.startsWith('0001-')) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

export function activeInstancesOf(address: string, wire: ActiveInstances): ActiveInstance[] {
  return Object.entries(wire.data ?? {}).map(([instanceId, instance]) => {
    // An instance's `events` hold no start; the change of its state does (`InstanceEvents`, Cycle API spec).
    return { instanceId, address, startedAt: timeOf(instance.state?.changed) };
  });
}
