import type { TopologyNode } from '@cyclorama/shared/topology.ts';

import { buildGraph } from './build.ts';
import type { Graph } from './build.ts';
import { toNodeColumns } from './columns.ts';
import type { GroupBy } from './group.ts';
import { createLayoutEngine } from './layout-engine.ts';
import { placeScene } from './place.ts';
import type { Scene } from './place.ts';

export function sceneOf(
  nodes: readonly TopologyNode[],
  { by = 'container', aspect = 1.6 }: { by?: GroupBy; aspect?: number } = {},
): { graph: Graph; scene: Scene } {
  const graph = buildGraph({ nodes: [...nodes] });
  const columns = toNodeColumns(graph.nodes, graph.byId);
  const { layout } = createLayoutEngine()({ request: 1, nodes: columns, by, aspect, keep: false });
  const order = graph.nodes.map((node) => node.id);
  return { graph, scene: placeScene(layout, order, graph) };
}
