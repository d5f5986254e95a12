import type { Topology } from '@cyclorama/shared/topology.ts';
import { useMemo, useState } from 'react';

import { buildGraph, emptyGraph } from './graph/build.ts';
import type { Graph } from './graph/build.ts';
import { filterGraph } from './graph/filter.ts';
import type { Filtered } from './graph/filter.ts';
import { placeScene } from './graph/place.ts';
import type { Scene } from './graph/place.ts';
import { filterOf, findNodes } from './rules.ts';
import type { TopologySearch } from './search.ts';
import { useLayout } from './use-layout.ts';

export type TopologyView = {
  graph: Graph;
  filtered: Filtered;
  /** Null until the first layout is ready. */
  scene: Scene | null;
  /** Names the scene's filter and grouping. */
  sceneKey: string;
  /** Matches in the picture's order; null without a search. */
  found: readonly string[] | null;
};

/** build → filter → group and layout (in a worker) → place. */
export function useTopologyView(
  topology: Topology | undefined,
  search: TopologySearch,
  aspect: number,
): TopologyView {
  const graph = useGraph(topology);

  const { kind, state, health, q } = search;
  const by = search.group ?? 'container';
  const filtered = useMemo(
    () => filterGraph(graph, filterOf({ kind, state, health })),
    [graph, kind, state, health],
  );
  const key = [by, kind, state, health, aspect].join('|');
  const source = useMemo(
    () => (graph === emptyGraph ? null : { graph, filtered, by, key, aspect }),
    [graph, filtered, by, key, aspect],
  );
  const made = useLayout(source);
  const scene = useMemo(
    () => (made === null ? null : placeScene(made.layout, made.order, graph)),
    [made, graph],
  );
  const found = useMemo(() => findInOrder(scene, filtered, q), [scene, filtered, q]);
  return { graph, filtered, scene, sceneKey: made?.key ?? '', found };
}

/** Built from the previous graph, so that unchanged nodes are reused. */
function useGraph(topology: Topology | undefined): Graph {
  const [made, setMade] = useState<{ topology: Topology | undefined; graph: Graph }>(nothing);
  if (made.topology === topology) return made.graph;
  const graph = topology === undefined ? emptyGraph : buildGraph(topology, made.graph);
  setMade({ topology, graph });
  return graph;
}

const nothing = { topology: undefined, graph: emptyGraph };

/** Frames, then cells, in reading order; in the graph's order before the first scene. */
function findInOrder(scene: Scene | null, filtered: Filtered, text: string | undefined): string[] | null {
  const hits = findNodes(
    filtered.nodes.filter((node) => filtered.matches.has(node.id)),
    text,
  );
  if (hits === null) return null;
  const rank = (id: string) => scene?.cellOf.get(id) ?? -1;
  return hits.map((node) => node.id).sort((a, b) => rank(a) - rank(b));
}
