import type { StateVisual } from '../../../../ui/state-visual.ts';
import type { Graph, GraphNode } from './build.ts';
import type { LayoutColumns } from './columns.ts';
import type { Frame } from './layout.ts';
import { cellSize } from './layout.ts';
import type { Rect } from './pack.ts';

type Tone = StateVisual['tone'];

export type Tally = Partial<Record<Tone, number>>;

export type SceneFrame = Frame & {
  node: GraphNode | null;
  total: number;
  tally: Tally;
};

export type Scene = {
  width: number;
  height: number;
  heading: number;
  frames: readonly SceneFrame[];
  /** Node and corner of each cell, by the same index. */
  nodes: readonly GraphNode[];
  x: Float32Array;
  y: Float32Array;
  /** Cell index by node id. */
  cellOf: ReadonlyMap<string, number>;
};

/** Puts the graph's current nodes on a layout made for `order`; cells of removed nodes are left out. */
export function placeScene(layout: LayoutColumns, order: readonly string[], graph: Graph): Scene {
  const nodes: GraphNode[] = [];
  const x = new Float32Array(layout.node.length);
  const y = new Float32Array(layout.node.length);
  const cellOf = new Map<string, number>();
  const frames = layout.frames.map((frame): SceneFrame => {
    const first = nodes.length;
    const tally: Tally = {};
    for (let cell = frame.first; cell < frame.first + frame.count; cell += 1) {
      const node = graph.byId.get(order[layout.node[cell] ?? 0] ?? '');
      if (node === undefined) continue;
      x[nodes.length] = layout.x[cell] ?? 0;
      y[nodes.length] = layout.y[cell] ?? 0;
      cellOf.set(node.id, nodes.length);
      nodes.push(node);
      if (node.visual !== null) tally[node.visual.tone] = (tally[node.visual.tone] ?? 0) + 1;
    }
    const count = nodes.length - first;
    const node = frame.nodeId === null ? null : (graph.byId.get(frame.nodeId) ?? null);
    return { ...frame, label: node?.name ?? frame.label, node, first, count, total: count, tally };
  });
  addUp(frames);
  const { width, height, heading } = layout;
  return { width, height, heading, frames, nodes, x, y, cellOf };
}

/** Frames come parents first, so this walks backwards. */
function addUp(frames: readonly SceneFrame[]): void {
  const around: SceneFrame[] = [];
  for (const frame of frames) {
    around.length = Math.min(around.length, frame.depth - 1);
    for (const outer of around) {
      outer.total += frame.count;
      for (const tone of Object.keys(frame.tally) as Tone[])
        outer.tally[tone] = (outer.tally[tone] ?? 0) + (frame.tally[tone] ?? 0);
    }
    around.push(frame);
  }
}

export function rectOf(scene: Scene, id: string): Rect | null {
  const cell = scene.cellOf.get(id);
  if (cell !== undefined) return { ...cellSize, x: scene.x[cell] ?? 0, y: scene.y[cell] ?? 0 };
  return scene.frames.find((frame) => frame.nodeId === id) ?? null;
}
