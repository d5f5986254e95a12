import type { Topology, TopologyNode, TopologyPatch } from '@cyclorama/shared/topology.ts';

/**
 * Returns a new object; unchanged nodes keep identity and order. `old`: applied before. `gap`: a patch is missing, so
 * everything must be read again.
 */
export function applyTopologyPatch(current: Topology, patch: TopologyPatch): Topology | 'old' | 'gap' {
  if (patch.epoch !== current.epoch) return 'gap';
  if (patch.revision <= current.revision) return 'old';
  if (patch.from > current.revision) return 'gap';
  const upsert = new Map(patch.upsert.map((node) => [node.id, node]));
  const remove = new Set(patch.remove);
  const nodes: TopologyNode[] = [];
  for (const node of current.nodes) {
    if (remove.has(node.id) && !upsert.has(node.id)) continue;
    nodes.push(upsert.get(node.id) ?? node);
    upsert.delete(node.id);
  }
  nodes.push(...upsert.values());
  return { ...current, revision: patch.revision, freshness: patch.freshness, nodes };
}
