import type { Topology } from '../../shared/src/topology.ts';
import { buildGraph } from '../../web/src/features/environment/topology/graph/build.ts';
import type { Graph } from '../../web/src/features/environment/topology/graph/build.ts';
import { groupNodes } from '../../web/src/features/environment/topology/graph/group.ts';
import { layoutGroups } from '../../web/src/features/environment/topology/graph/layout.ts';
import type { Layout } from '../../web/src/features/environment/topology/graph/layout.ts';
import { makePatch } from './topology-data.ts';

/**
 * The farthest any node moves that an update doesn't touch: 100 instances change state, 10 go, and 10 come to
 * containers picked at random. World units, which are pixels at zoom 1.
 */
export function movedByUpdate(topology: Topology, random: () => number): number {
  const patch = makePatch(topology, topology.revision, 100, random);
  const changed = new Map(patch.upsert.map((node) => [node.id, node]));
  const instances = topology.nodes.filter((node) => node.kind === 'instance');
  const pick = () => instances[Math.floor(random() * instances.length)];
  const gone = new Set(Array.from({ length: 10 }, () => pick()?.id));
  const come = Array.from({ length: 10 }, pick).flatMap((node, index) =>
    node === undefined ? [] : [{ ...node, id: `new-${index}`, name: `${node.name}-new` }],
  );
  const kept = topology.nodes
    .filter((node) => !gone.has(node.id))
    .map((node) => changed.get(node.id) ?? node);
  const before = layoutOf(buildGraph(topology));
  const after = layoutOf(buildGraph({ nodes: [...kept, ...come] }), before);
  const places = new Map(before.cells.map((cell) => [cell.id, cell]));
  let farthest = 0;
  for (const cell of after.cells) {
    const place = places.get(cell.id);
    if (place !== undefined) farthest = Math.max(farthest, Math.hypot(cell.x - place.x, cell.y - place.y));
  }
  return farthest;
}

function layoutOf(graph: Graph, previous?: Layout): Layout {
  const nodes = graph.nodes.map((node) => ({ ...node, shown: true }));
  return layoutGroups(groupNodes(nodes, 'container'), { aspect: 1.7 }, previous);
}
