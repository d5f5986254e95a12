import type { Topology, TopologyNode, TopologyPatch } from '@cyclorama/shared/topology.ts';

/**
 * The topology after a patch, as a new object; nodes that did not change stay the same objects and keep their place.
 * `old`: the patch was applied before. `gap`: a patch is missing in between, so everything must be read again.
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
