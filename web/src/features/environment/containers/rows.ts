import { countInstances } from '@cyclorama/shared/rules/counts.ts';
import {
  shownContainerSince,
  shownContainerState,
  wellBeingOfContainer,
} from '@cyclorama/shared/rules/well-being.ts';
import type { ContainerWellBeing } from '@cyclorama/shared/rules/well-being.ts';
import type { NodeOf } from '@cyclorama/shared/topology.ts';

import type { TopologyIndex } from '../../../api/use-topology.ts';
import { matchesText } from '../../../lib/text-filter.ts';
import type { ContainersSearch } from './search.ts';

export type ContainerKind = NonNullable<ContainersSearch['kind']>;

export type ContainerRow = {
  container: NodeOf<'container'>;
  kind: ContainerKind;
  well: ContainerWellBeing;
  /** For its label; Cycle's own word where it is more telling than the well-being. */
  state: string;
  /** Of its worst part. */
  since: string | null;
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
    const { total, byState } = countInstances(instances);
    const well = wellBeingOfContainer(container, instances);
    return {
      container,
      kind: kindOf(container),
      well,
      state: shownContainerState(container, well),
      since: shownContainerSince(container, instances, well),
      total,
      running: byState.running ?? 0,
      unhealthy: byState.unhealthy ?? 0,
    };
  });
}

export function filterContainers(
  rows: readonly ContainerRow[],
  { q, state, kind }: Pick<ContainersSearch, 'q' | 'state' | 'kind'>,
): ContainerRow[] {
  return rows.filter(({ container, kind: own, well }) => {
    if (state !== undefined && !state.includes(well.state)) return false;
    if (kind !== undefined && own !== kind) return false;
    const { name, identifier, id, service, deployment, strategy } = container;
    return matchesText(q, [name, identifier, id, service, deployment, strategy]);
  });
}
