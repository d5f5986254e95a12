import type { NodeOf } from '@cyclorama/shared/topology.ts';

import type { TopologyIndex } from '../../../api/use-topology.ts';
import { matchesText } from '../../../lib/text-filter.ts';
import type { ContainersSearch } from './search.ts';

export type ContainerKind = NonNullable<ContainersSearch['kind']>;

export type ContainerRow = {
  container: NodeOf<'container'>;
  kind: ContainerKind;
  total: number;
  running: number;
  unhealthy: number;
};

/** A service belongs to Cycle, a function is a pool for the scheduler; everything else is the team's own. */
export function kindOf(container: Pick<NodeOf<'container'>, 'service' | 'isFunction'>): ContainerKind {
  if (container.service !== null) return 'service';
  return container.isFunction ? 'function' : 'own';
}

export function containerRows(index: TopologyIndex): ContainerRow[] {
  return index.byKind('container').map((container) => {
    const instances = index.instancesOfContainer(container.id);
    return {
      container,
      kind: kindOf(container),
      total: instances.length,
      running: instances.filter(({ state }) => state.current === 'running').length,
      unhealthy: instances.filter(({ health }) => health === 'unhealthy').length,
    };
  });
}

export function filterContainers(
  rows: readonly ContainerRow[],
  { q, state, kind }: Pick<ContainersSearch, 'q' | 'state' | 'kind'>,
): ContainerRow[] {
  return rows.filter(({ container, kind: own }) => {
    if (state !== undefined && !state.includes(container.state.current)) return false;
    if (kind !== undefined && own !== kind) return false;
    const { name, identifier, id, service, deployment, strategy } = container;
    return matchesText(q, [name, identifier, id, service, deployment, strategy]);
  });
}
