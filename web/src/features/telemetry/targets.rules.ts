import type { TopologyIndex } from '../../api/use-topology.ts';
import { plural } from '../../lib/units.ts';
import type { Target } from './queries.ts';
import type { TelemetrySearch } from './search.ts';

/** An instance before a container; null for neither. */
export function targetOf({ instance, container }: TelemetrySearch): Target | null {
  if (instance !== undefined) return { kind: 'instance', id: instance };
  return container === undefined ? null : { kind: 'container', id: container };
}

export type FoundTarget = { kind: 'instance' | 'container'; id: string; name: string; detail: string };

const MOST_FOUND = 50;

/** Matches by name or id: containers, then instances; the first fifty and the total. */
export function findTargets(
  index: Pick<TopologyIndex, 'byKind' | 'instancesOfContainer'>,
  text: string,
  instancesOnly: boolean,
): { found: FoundTarget[]; total: number } {
  const query = text.trim().toLowerCase();
  const matches = ({ id, name }: { id: string; name: string }) =>
    name.toLowerCase().includes(query) || id.toLowerCase().includes(query);
  const containers = instancesOnly ? [] : index.byKind('container').filter(matches);
  const instances = index.byKind('instance').filter(matches);
  const found: FoundTarget[] = [
    ...containers.slice(0, MOST_FOUND).map(({ id, name }) => ({
      kind: 'container' as const,
      id,
      name,
      detail: plural(index.instancesOfContainer(id).length, 'instance'),
    })),
    ...instances.slice(0, MOST_FOUND).map(({ id, name, hostname }) => ({
      kind: 'instance' as const,
      id,
      name,
      detail: hostname === name ? 'instance' : hostname,
    })),
  ];
  return { found: found.slice(0, MOST_FOUND), total: containers.length + instances.length };
}
