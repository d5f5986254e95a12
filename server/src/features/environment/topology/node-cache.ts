import type { NodeKind, TopologyNode } from '@cyclorama/shared/topology.ts';

export type NodeChanges = { upsert: TopologyNode[]; remove: string[] };

export type NodeCache = {
  setKind(kind: NodeKind, nodes: readonly TopologyNode[]): NodeChanges;
  patch(changes: Iterable<[id: string, node: TopologyNode | null]>): NodeChanges;
  /** By id. */
  readonly texts: ReadonlyMap<string, string>;
  readonly size: number;
};

/** Nodes are serialised once; changes are found by comparing the JSON, not fields. */
export function createNodeCache(): NodeCache {
  const texts = new Map<string, string>();
  const kinds = new Map<NodeKind, Set<string>>();

  const put = (node: TopologyNode, changes: NodeChanges): void => {
    const text = JSON.stringify(node);
    if (texts.get(node.id) === text) return;
    texts.set(node.id, text);
    changes.upsert.push(node);
  };
  const drop = (id: string, changes: NodeChanges): void => {
    if (texts.delete(id)) changes.remove.push(id);
  };

  return {
    setKind(kind, nodes) {
      const changes: NodeChanges = { upsert: [], remove: [] };
      const ids = new Set(nodes.map((node) => node.id));
      for (const id of kinds.get(kind) ?? []) if (!ids.has(id)) drop(id, changes);
      kinds.set(kind, ids);
      for (const node of nodes) put(node, changes);
      return changes;
    },
    patch(entries) {
      const changes: NodeChanges = { upsert: [], remove: [] };
      for (const [id, node] of entries) {
        if (node === null) drop(id, changes);
        else put(node, changes);
      }
      return changes;
    },
    texts,
    get size() {
      return texts.size;
    },
  };
}
