import { wellBeing } from '@cyclorama/shared/rules/well-being.ts';
import type { NodeOf } from '@cyclorama/shared/topology.ts';

import type { TopologyIndex } from '../../../api/use-topology.ts';

export type ServerRow = {
  node: NodeOf<'server'>;
  location: string | null;
  instances: number;
  /** Of those, failed or unhealthy. */
  down: number;
};

/** The dashboard's own first, then by name. */
export function serverRows(index: TopologyIndex): ServerRow[] {
  return index
    .byKind('server')
    .map((node) => {
      const instances = index.instancesOfServer(node.id);
      const down = instances.filter((it) => ['failed', 'unhealthy'].includes(wellBeing(it))).length;
      const location = index.get('location', node.locationId)?.name ?? null;
      return { node, location, instances: instances.length, down };
    })
    .toSorted(
      (a, b) => Number(b.node.isOwn) - Number(a.node.isOwn) || a.node.name.localeCompare(b.node.name),
    );
}
