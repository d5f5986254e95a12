import type { Graph, GraphNode, GraphSource } from './build.ts';

export type Relation = 'part of' | 'runs on' | 'located in' | 'joined by' | 'leads to' | 'migrates to';

export type Edge = {
  from: string;
  to: string;
  relation: Relation;
};

/** `outgoing`: the selected node holds the reference. */
export type Neighbour = {
  node: GraphNode;
  relation: Relation;
  outgoing: boolean;
};

/** From a node's own foreign keys, so every edge is produced by exactly one node. */
export function edgesFrom(source: GraphSource): Edge[] {
  return references(source).flatMap(([to, relation]) =>
    to === null || to === '' ? [] : [{ from: source.id, to, relation }],
  );
}

function references(source: GraphSource): [string | null, Relation][] {
  switch (source.kind) {
    case 'environment':
      return [[source.hubId, 'part of']];
    case 'container':
    case 'virtual-machine':
      return [[source.environmentId, 'part of']];
    case 'instance':
      return [
        [source.containerId, 'part of'],
        [source.serverId, 'runs on'],
        [source.migratingTo, 'migrates to'],
      ];
    case 'server':
      return [[source.locationId, 'located in']];
    case 'ip':
      return [
        [source.instanceId, 'leads to'],
        [source.instanceId === null ? source.containerId : null, 'leads to'],
        [source.virtualMachineId, 'leads to'],
      ];
    case 'domain':
      return [
        [source.containerId, 'leads to'],
        [source.virtualMachineId, 'leads to'],
      ];
    case 'network':
      return [
        ...source.environmentIds.map((id): [string, Relation] => [id, 'joined by']),
        ...source.instanceIds.map((id): [string, Relation] => [id, 'joined by']),
      ];
    default:
      return [];
  }
}

/** Outgoing first. Ids without a node are left out. */
export function neighboursOf(graph: Graph, id: string): Neighbour[] {
  const self = graph.byId.get(id);
  if (self === undefined) return [];
  const outgoing = edgesFrom(self.source).flatMap(({ to, relation }) => {
    const node = graph.byId.get(to);
    return node === undefined ? [] : [{ node, relation, outgoing: true }];
  });
  const incoming = graph.nodes.flatMap((node) =>
    edgesFrom(node.source)
      .filter(({ to }) => to === id)
      .map(({ relation }) => ({ node, relation, outgoing: false })),
  );
  return [...outgoing, ...incoming];
}
