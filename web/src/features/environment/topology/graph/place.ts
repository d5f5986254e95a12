import type { StateVisual } from '../../../../ui/state-visual.ts';
import type { Graph, GraphNode } from './build.ts';
import type { LayoutColumns } from './columns.ts';
import { cellSize } from './grid.ts';
import type { Frame } from './layout.ts';
import type { Rect } from './shelves.ts';

type Tone = StateVisual['tone'];

export type Tally = Partial<Record<Tone, number>>;

export type SceneFrame = Frame & {
  node: GraphNode | null;
  /** Index of the frame around it; -1 for a lane. */
  parent: number;
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
  const around: number[] = [];
  const frames = layout.frames.map((frame, at): SceneFrame => {
    around.length = frame.depth - 1;
    const parent = around.at(-1) ?? -1;
    around.push(at);
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
    return { ...frame, label: node?.name ?? frame.label, node, parent, first, count, total: count, tally };
  });
  addUp(frames);
  const { width, height, heading } = layout;
  return { width, height, heading, frames, nodes, x, y, cellOf };
}

/** Frames come parents first, so what is in each reaches its parent on the way back. */
function addUp(frames: readonly SceneFrame[]): void {
  for (const frame of frames.toReversed()) {
    const outer = frames[frame.parent];
    if (outer === undefined) continue;
    outer.total += frame.total;
    for (const tone of Object.keys(frame.tally) as Tone[])
      outer.tally[tone] = (outer.tally[tone] ?? 0) + (frame.tally[tone] ?? 0);
  }
}

export function rectOf(scene: Scene, id: string): Rect | null {
  const cell = scene.cellOf.get(id);
  if (cell !== undefined) return { ...cellSize, x: scene.x[cell] ?? 0, y: scene.y[cell] ?? 0 };
  return scene.frames.find((frame) => frame.nodeId === id) ?? null;
}

/** Frames hold ranges of cells in ascending order. */
export function frameOfCell(frames: readonly SceneFrame[], cell: number): SceneFrame | undefined {
  let low = 0;
  let high = frames.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((frames[middle]?.first ?? 0) <= cell) low = middle;
    else high = middle - 1;
  }
  return frames[low];
}
