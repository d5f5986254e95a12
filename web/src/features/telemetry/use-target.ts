import { indexTopology, useTopology } from '../../api/use-topology.ts';
import { shortenId } from '../../lib/ids.ts';
import type { Target } from './queries.ts';
import type { TelemetrySearch } from './search.ts';

/** What an address is about: an instance before a container, null where it names neither. */
export function targetOf({ instance, container }: TelemetrySearch): Target | null {
  if (instance !== undefined) return { kind: 'instance', id: instance };
  return container === undefined ? null : { kind: 'container', id: container };
}

/** Names a thing by its id: as the topology has it, else by the id itself. */
export function useNameOf(): (id: string) => string {
  const { data } = useTopology();
  return (id) => (data === undefined ? undefined : indexTopology(data).byId.get(id)?.name) ?? shortenId(id);
}
