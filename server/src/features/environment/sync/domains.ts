import type { CycleClient } from '../../../upstream/cycle/client.ts';
import type { CycleDomain } from '../../../upstream/cycle/types.ts';
import type { Snapshot } from './snapshot.ts';

const READS_AT_ONCE = 4;

type Read = { owner: string; read: (nulls: { nullIsEmpty: boolean }) => Promise<CycleDomain[]> };

/**
 * The API lists domains per container and per virtual machine only. Where a read fails, its owner keeps its known
 * domains; if all fail, throws the first failure.
 */
export async function readDomains(client: CycleClient, snapshot: Snapshot): Promise<CycleDomain[]> {
  const reads = readsOf(client, snapshot);
  const found = new Map<string, CycleDomain>();
  const failures: unknown[] = [];
  const next = reads.values();
  const work = async (): Promise<void> => {
    for (const { owner, read } of next) {
      const before = snapshot.domains.filter(
        (it) => it.containerId === owner || it.virtualMachineId === owner,
      );
      const domains = await read({ nullIsEmpty: before.length === 0 }).catch((error: unknown) => {
        failures.push(error);
        return before;
      });
      for (const domain of domains) found.set(domain.id, domain);
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, work));
  if (failures.length > 0 && failures.length === reads.length) throw failures[0] as Error;
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function readsOf(client: CycleClient, snapshot: Snapshot): Read[] {
  const machineContainers = new Set(snapshot.virtualMachines.map((each) => each.containerId));
  const containers = [...snapshot.containers.keys()].filter((id) => !machineContainers.has(id));
  return [
    ...containers.map((owner) => ({
      owner,
      read: (nulls: { nullIsEmpty: boolean }) => client.containerDomains(owner, nulls),
    })),
    ...snapshot.virtualMachines.map(({ id }) => ({
      owner: id,
      read: (nulls: { nullIsEmpty: boolean }) => client.virtualMachineDomains(id, nulls),
    })),
  ];
}
