import { wellBeingOfContainer } from '@cyclorama/shared/rules/well-being.ts';
import type { ContainerWellBeing } from '@cyclorama/shared/rules/well-being.ts';

import type { CycleContainer, CycleInstance } from '../../../upstream/cycle/types.ts';
import type { Snapshot } from '../sync/snapshot.ts';

export type ContainerState = {
  container: CycleContainer;
  instances: readonly CycleInstance[];
  well: ContainerWellBeing;
};

export function containerStates(snapshot: Pick<Snapshot, 'containers' | 'instances'>): ContainerState[] {
  const byContainer = new Map<string, CycleInstance[]>();
  for (const instance of snapshot.instances.values()) {
    const known = byContainer.get(instance.containerId);
    if (known === undefined) byContainer.set(instance.containerId, [instance]);
    else known.push(instance);
  }
  return Array.from(snapshot.containers.values(), (container) => {
    const instances = byContainer.get(container.id) ?? [];
    return { container, instances, well: wellBeingOfContainer(container, instances) };
  });
}
