import type { Freshness } from '@cyclorama/shared/common.ts';

import type { CycleInstance } from '../../upstream/cycle/types.ts';
import type { Collector } from './sync/collector.ts';
import { instanceName } from './topology/presenter.ts';

type Named = { id: string; name: string; containerId: string; serverId: string; startedAt: number | null };

export function createTelemetryDirectory(collector: Pick<Collector, 'snapshot' | 'freshness'>) {
  const { snapshot } = collector;
  const named = (it: CycleInstance): Named => ({
    id: it.id,
    name: instanceName(it),
    containerId: it.containerId,
    serverId: it.serverId,
    startedAt: it.startedAt === null ? null : Date.parse(it.startedAt),
  });
  return {
    freshness: (): Freshness => collector.freshness(),
    environmentId: (): string | null => snapshot.environment?.id ?? null,
    environmentName: (): string | null => snapshot.environment?.name ?? null,
    instance: (id: string): Named | null => {
      const it = snapshot.instances.get(id);
      return it === undefined ? null : named(it);
    },
    instancesOf: (containerId: string): Named[] =>
      [...snapshot.instances.values()].filter((it) => it.containerId === containerId).map(named),
    instancesOn: (serverId: string): Named[] =>
      [...snapshot.instances.values()].filter((it) => it.serverId === serverId).map(named),
    allInstances: (): Named[] => [...snapshot.instances.values()].map(named),
    containerName: (id: string): string | null => snapshot.containers.get(id)?.name ?? null,
    /** Of the servers that have any. */
    instancesByServer: (): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const { serverId } of snapshot.instances.values())
        counts.set(serverId, (counts.get(serverId) ?? 0) + 1);
      return counts;
    },
    ownServerId: (): string | null => snapshot.server?.id ?? null,
    hostMemoryBytes: (): number | null => snapshot.server?.memoryBytes ?? null,
    containerIntervalMs: (containerId: string): number | null => {
      const seconds = snapshot.containers.get(containerId)?.telemetry.intervalSeconds ?? null;
      return seconds === null ? null : seconds * 1000;
    },
  };
}
