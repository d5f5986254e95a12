import type { TopologyIndex } from '../../api/use-topology.ts';
import { plural } from '../../lib/units.ts';
import type { Target, TargetKind } from './queries.ts';
import type { TelemetrySearch } from './search.ts';

/** The smallest that is named; null for none. The environment has the id of its node, once that is known. */
export function targetOf(
  { instance, container, server, environment }: TelemetrySearch,
  environmentId: string,
): Target | null {
  if (instance !== undefined) return { kind: 'instance', id: instance };
  if (container !== undefined) return { kind: 'container', id: container };
  if (server !== undefined) return { kind: 'server', id: server };
  return environment === true ? { kind: 'environment', id: environmentId } : null;
}

/** What the address keeps of a target; all of the others go. */
export const searchOfTarget = ({ kind, id }: Target): Partial<TelemetrySearch> => ({
  instance: kind === 'instance' ? id : undefined,
  container: kind === 'container' ? id : undefined,
  server: kind === 'server' ? id : undefined,
  environment: kind === 'environment' ? true : undefined,
  compare: undefined,
  toggled: undefined,
  by: undefined,
});

export type FoundTarget = { kind: TargetKind; id: string; name: string; detail: string };

const MOST_FOUND = 50;

/** Matches by name or id: environment, servers, containers, then instances; the first fifty and the total. */
export function findTargets(
  index: Pick<TopologyIndex, 'byKind' | 'instancesOfContainer' | 'instancesOfServer'>,
  text: string,
  instancesOnly: boolean,
): { found: FoundTarget[]; total: number } {
  const query = text.trim().toLowerCase();
  const matches = ({ id, name }: { id: string; name: string }) =>
    name.toLowerCase().includes(query) || id.toLowerCase().includes(query);
  const containers = instancesOnly ? [] : index.byKind('container').filter(matches);
  const groups = instancesOnly
    ? []
    : [...index.byKind('environment'), ...index.byKind('server')].filter(matches);
  const instances = index.byKind('instance').filter(matches);
  const found: FoundTarget[] = [
    ...groups.map(({ kind, id, name }) => ({
      kind,
      id,
      name,
      detail: kind === 'server' ? `server, ${plural(index.instancesOfServer(id).length, 'instance')}` : kind,
    })),
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
  return { found: found.slice(0, MOST_FOUND), total: groups.length + containers.length + instances.length };
}
