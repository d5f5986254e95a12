import type { NodeOf } from '@cyclorama/shared/topology.ts';

import type { TopologyIndex } from '../../../api/use-topology.ts';
import { matchesText } from '../../../lib/text-filter.ts';
import type { InstancesSearch } from './search.ts';

export type InstanceRow = {
  instance: NodeOf<'instance'>;
  containerName: string;
  serverName: string;
  locationName: string;
};

export function instanceRows(index: TopologyIndex): InstanceRow[] {
  return index.byKind('instance').map((instance) => ({
    instance,
    containerName: index.get('container', instance.containerId)?.name ?? instance.containerId,
    serverName: index.get('server', instance.serverId)?.name ?? instance.serverId,
    locationName: index.get('location', instance.locationId)?.name ?? instance.locationId,
  }));
}

export function filterInstances(
  rows: readonly InstanceRow[],
  { q, state, health }: Pick<InstancesSearch, 'q' | 'state' | 'health'>,
): InstanceRow[] {
  return rows.filter((row) => {
    const { instance } = row;
    if (state !== undefined && !state.includes(instance.state.current)) return false;
    if (health !== undefined && !health.includes(instance.health)) return false;
    return matchesText(q, [
      instance.name,
      instance.hostname,
      instance.id,
      instance.privateIp,
      instance.service,
      instance.deployment,
      row.containerName,
      row.serverName,
      row.locationName,
    ]);
  });
}
