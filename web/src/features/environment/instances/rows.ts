import { awaitedVersion, wellBeing } from '@cyclorama/shared/rules/well-being.ts';
import type { Health, NodeOf, WellBeing } from '@cyclorama/shared/topology.ts';

import type { TopologyIndex } from '../../../api/use-topology.ts';
import { matchesText } from '../../../lib/text-filter.ts';
import type { InstancesSearch } from './search.ts';

export type InstanceRow = {
  instance: NodeOf<'instance'>;
  well: WellBeing;
  /** The answer of a check; null without one, and while it does not run: Cycle keeps the last answer. */
  health: Health | null;
  containerName: string;
  /** What a running deployment will make of its version. */
  awaited: string | null;
  serverName: string;
  locationName: string;
};

export function instanceRows(index: TopologyIndex): InstanceRow[] {
  return index.byKind('instance').map((instance) => ({
    instance,
    well: wellBeing(instance),
    health: instance.state.current !== 'running' || instance.health === 'none' ? null : instance.health,
    awaited: awaitedVersion(instance, index.get('container', instance.containerId)),
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
    // A link may ask for one of Cycle's own words: `migrating`.
    if (state !== undefined && !state.includes(row.well) && !isOneOf(state, instance)) return false;
    if (health !== undefined && (row.health === null || !health.includes(row.health))) return false;
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

function isOneOf(states: readonly string[], instance: NodeOf<'instance'>): boolean {
  return wellBeing(instance) === 'changing' && states.includes(instance.state.current);
}
