import { useEffect, useMemo, useState } from 'react';

import type { Graph } from './graph/build.ts';
import { flowsAt, flowsOf } from './graph/flows.ts';
import type { Flow } from './graph/flows.ts';
import type { Scene } from './graph/place.ts';
import { createRouter } from './graph/routes.ts';
import { createWalk } from './graph/walk.ts';
import type { Walk } from './graph/walk.ts';
import { bundle } from './graph/wires.ts';
import type { Wires } from './graph/wires.ts';
import type { TopologyView } from './use-topology-view.ts';

export type Wiring = {
  /** The lines of everything; null until they are ready. */
  wires: Wires | null;
  litFor: (id: string) => Wires | null;
  /** Null before the first layout. */
  walk: () => Walk | null;
};

/** After the first drawing, which doesn't wait for it. */
const WIRES_AFTER_MS = 60;

/** Lines and the walk along them are made when they are needed, and again only when a node moves. */
export function useWiring(view: TopologyView): Wiring {
  const { layout, sceneKey, graph } = view;
  const { structure } = graph;
  const [made, setMade] = useState<{ layout: typeof layout; structure: number; parts: Parts | null }>(
    nothing,
  );
  let { parts } = made;
  if (made.layout !== layout || made.structure !== structure) {
    parts = view.scene === null ? null : makeParts(view.scene, graph);
    setMade({ layout, structure, parts });
  }
  const [drawn, setDrawn] = useState<{ key: string; wires: Wires } | null>(null);
  useEffect(() => {
    if (parts === null) return undefined;
    const timer = setTimeout(() => setDrawn({ key: sceneKey, wires: parts.all() }), WIRES_AFTER_MS);
    return () => clearTimeout(timer);
  }, [parts, sceneKey]);
  const wires = drawn !== null && drawn.key === sceneKey ? drawn.wires : null;
  return useMemo(
    () => ({ wires, litFor: (id) => parts?.lit(id) ?? null, walk: () => parts?.walk() ?? null }),
    [parts, wires],
  );
}

type Parts = ReturnType<typeof makeParts>;
const nothing = { layout: null, structure: -1, parts: null };

function makeParts(scene: Scene, graph: Graph) {
  const flows = once((): readonly Flow[] => flowsOf(graph));
  const router = once(() => createRouter(scene));
  return {
    all: () => bundle(flows(), createRouter(scene, 'frames')),
    lit(id: string): Wires | null {
      const node = graph.byId.get(id);
      return node === undefined ? null : bundle(flowsAt(flows(), node), router());
    },
    walk: once((): Walk => createWalk(scene, graph, flows())),
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
