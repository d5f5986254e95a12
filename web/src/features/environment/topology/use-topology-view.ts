import type { Topology } from '@cyclorama/shared/topology.ts';
import { useMemo, useState } from 'react';

import { buildGraph, emptyGraph } from './graph/build.ts';
import type { Graph } from './graph/build.ts';
import type { LayoutColumns } from './graph/columns.ts';
import { filterGraph } from './graph/filter.ts';
import type { Filtered } from './graph/filter.ts';
import { placeScene } from './graph/place.ts';
import type { Scene } from './graph/place.ts';
import type { RobotSource } from './graph/robots.ts';
import { filterOf, findNodes } from './rules.ts';
import type { TopologySearch } from './search.ts';
import { useLayout } from './use-layout.ts';

export type TopologyView = {
  graph: Graph;
  /** Stays the same while no node moves. */
  layout: LayoutColumns | null;
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
  robots: readonly RobotSource[],
  search: TopologySearch,
  aspect: number,
): TopologyView {
  const graph = useGraph(topology, robots);

  const { kind, state, health, problems, q } = search;
  const by = search.group ?? 'container';
  const filtered = useMemo(
    () => filterGraph(graph, filterOf({ kind, state, health, problems })),
    [graph, kind, state, health, problems],
  );
  // Robots come later than the rest, which then makes room for them once.
  const key = [by, kind, state, health, problems, aspect, robots.length > 0].join('|');
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
  return { graph, layout: made?.layout ?? null, filtered, scene, sceneKey: made?.key ?? '', found };
}

/** Built from the previous graph, so that unchanged nodes are reused. */
function useGraph(topology: Topology | undefined, robots: readonly RobotSource[]): Graph {
  const [made, setMade] = useState<Made>(nothing);
  if (made.topology === topology && made.robots === robots) return made.graph;
  const graph = topology === undefined ? emptyGraph : buildGraph(topology, made.graph, robots);
  setMade({ topology, robots, graph });
  return graph;
}

type Made = { topology: Topology | undefined; robots: readonly RobotSource[]; graph: Graph };
const nothing: Made = { topology: undefined, robots: [], graph: emptyGraph };

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
