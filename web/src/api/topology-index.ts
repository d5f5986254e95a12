import type { NodeKind, NodeOf, Topology, TopologyNode } from '@cyclorama/shared/topology.ts';

export type TopologyIndex = {
  byId: ReadonlyMap<string, TopologyNode>;
  byKind: <K extends NodeKind>(kind: K) => readonly NodeOf<K>[];
  instancesOfContainer: (containerId: string) => readonly NodeOf<'instance'>[];
  instancesOfServer: (serverId: string) => readonly NodeOf<'instance'>[];
  get: <K extends NodeKind>(kind: K, id: string | null | undefined) => NodeOf<K> | undefined;
};

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

const made = new WeakMap<Topology, TopologyIndex>();

export function indexTopology(topology: Topology): TopologyIndex {
  const known = made.get(topology);
  if (known !== undefined) return known;
  const kinds = groupBy(topology.nodes, (node) => node.kind);
  // Grouped by kind, so every node in a group has that kind.
  const byKind = <K extends NodeKind>(kind: K) => (kinds.get(kind) ?? []) as NodeOf<K>[];
  const instances = byKind('instance');
  const byContainer = groupBy(instances, (instance) => instance.containerId);
  const byServer = groupBy(instances, (instance) => instance.serverId);
  const byId = new Map(topology.nodes.map((node) => [node.id, node]));
  const index: TopologyIndex = {
    byId,
    byKind,
    instancesOfContainer: (id) => byContainer.get(id) ?? [],
    instancesOfServer: (id) => byServer.get(id) ?? [],
    get: <K extends NodeKind>(kind: K, id: string | null | undefined) => {
      const node = typeof id === 'string' ? byId.get(id) : undefined;
      return node?.kind === kind ? (node as NodeOf<K>) : undefined;
    },
  };
  made.set(topology, index);
  return index;
}
