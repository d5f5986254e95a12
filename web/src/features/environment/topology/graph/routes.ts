import { cellSize } from './grid.ts';
import { FRAME_GAP, GUTTER, MARGIN, PADDING } from './layout.ts';
import { frameOfCell } from './place.ts';
import type { Scene, SceneFrame } from './place.ts';

export type Point = { x: number; y: number };
type Side = 'left' | 'right';

/** A node as the end of a line: its cell, or the first frame that stands for it. */
type End = { frame: SceneFrame; cell: number | null };

export type Router = {
  /** Corners of the line between two nodes; empty where one isn't in the picture. */
  between(from: string, to: string): Point[];
};

/** Headings are centred in at most this much of their height. */
const HEADING = 40;

/**
 * Lines at right angles, in the spaces the layout leaves free: between rows of cells, along the sides of frames, between
 * shelves and between lanes. So they never cross a label, and those of one direction lie on each other.
 * They begin at `cells`, or only at the `frames` around them: for the lines of everything, which would else run below
 * each row of domains and addresses like a line drawn through it.
 */
export function createRouter(scene: Scene, ends: 'cells' | 'frames' = 'cells'): Router {
  const { frames, cellOf, heading } = scene;
  const frameOfNode = new Map<string, SceneFrame>();
  for (const frame of frames)
    if (frame.nodeId !== null && !frameOfNode.has(frame.nodeId)) frameOfNode.set(frame.nodeId, frame);
  const shelves = shelvesOf(frames);
  const lanes = frames.filter((frame) => frame.depth === 1);
  const isBeside = lanes.every((lane) => lane.y === 0);
  const bus = heading + FRAME_GAP / 2;

  const endOf = (id: string): End | null => {
    const cell = cellOf.get(id);
    const frame = cell === undefined ? frameOfNode.get(id) : frameOfCell(frames, cell);
    return frame === undefined ? null : { frame, cell: ends === 'frames' ? null : (cell ?? null) };
  };
  const laneOf = (frame: SceneFrame): number => {
    let at = frame;
    for (let outer = frames[at.parent]; outer !== undefined; outer = frames[at.parent]) at = outer;
    return lanes.indexOf(at);
  };
  /** Where lines run beside a lane. */
  const trunk = (lane: number, side: Side): number => {
    const rect = lanes[lane];
    if (!isBeside || rect === undefined) return MARGIN / 2;
    return side === 'left' ? rect.x - GUTTER / 2 : rect.x + rect.width + GUTTER / 2;
  };
  /** From a node to the trunk beside its lane. */
  const wayOut = (end: End, side: Side): Point[] => {
    const points = end.cell === null ? fromFrame(end.frame, side) : fromCell(end.cell, end.frame, side);
    for (let frame = frames[end.frame.parent]; frame !== undefined && frame.depth > 1;) {
      points.push(...throughFrame(frame, side, points.at(-1)?.y ?? 0));
      frame = frames[frame.parent];
    }
    points.push({ x: trunk(laneOf(end.frame), side), y: points.at(-1)?.y ?? 0 });
    return points;
  };
  const fromFrame = (frame: SceneFrame, side: Side): Point[] => {
    const y = frame.y + Math.min(heading, HEADING) / 2;
    const edge = side === 'left' ? frame.x : frame.x + frame.width;
    const start = { x: edge, y };
    const shelf = shelves.get(frame);
    if (shelf === undefined || isOutermost(frame, shelf, side)) return [start];
    const x = side === 'left' ? edge - FRAME_GAP / 2 : edge + FRAME_GAP / 2;
    return [start, { x, y }, { x, y: frame.y - FRAME_GAP / 2 }];
  };
  const fromCell = (cell: number, frame: SceneFrame, side: Side): Point[] => {
    const x = (scene.x[cell] ?? 0) + cellSize.width / 2;
    const bottom = (scene.y[cell] ?? 0) + cellSize.height;
    const y = bottom + cellSize.gap / 2;
    return [{ x, y: bottom }, { x, y }, ...throughFrame(frame, side, y)];
  };
  /** Along the side of a frame and under it, or straight out where nothing stands beside it. */
  const throughFrame = (frame: SceneFrame, side: Side, y: number): Point[] => {
    const x = side === 'left' ? frame.x + PADDING / 2 : frame.x + frame.width - PADDING / 2;
    const shelf = shelves.get(frame);
    if (shelf === undefined || isOutermost(frame, shelf, side)) return [{ x, y }];
    return [
      { x, y },
      { x, y: shelf.bottom + FRAME_GAP / 2 },
    ];
  };

  return {
    between(from, to) {
      const [a, b] = [endOf(from), endOf(to)];
      if (a === null || b === null) return [];
      const [left, right] = [laneOf(a.frame), laneOf(b.frame)];
      const sides: [Side, Side] =
        left < right ? ['right', 'left'] : left > right ? ['left', 'right'] : sameLane(left);
      if (!isBeside) sides.fill('left');
      const start = wayOut(a, sides[0]);
      const end = wayOut(b, sides[1]);
      const [x, target] = [start.at(-1)?.x ?? 0, end.at(-1)?.x ?? 0];
      const across =
        x === target
          ? []
          : [
              { x, y: bus },
              { x: target, y: bus },
            ];
      return [...start, ...across, ...end.toReversed()];
    },
  };
}

const sameLane = (lane: number): [Side, Side] => (lane === 0 ? ['right', 'right'] : ['left', 'left']);

type Shelf = { left: number; right: number; bottom: number };

/** Frames of one parent that begin at the same height. */
function shelvesOf(frames: readonly SceneFrame[]): Map<SceneFrame, Shelf> {
  const byPlace = new Map<string, Shelf>();
  const shelves = new Map<SceneFrame, Shelf>();
  for (const frame of frames) {
    if (frame.depth === 1) continue;
    const key = `${frame.parent} ${frame.y}`;
    const shelf = byPlace.get(key) ?? { left: frame.x, right: frame.x, bottom: frame.y };
    shelf.left = Math.min(shelf.left, frame.x);
    shelf.right = Math.max(shelf.right, frame.x + frame.width);
    shelf.bottom = Math.max(shelf.bottom, frame.y + frame.height);
    byPlace.set(key, shelf);
    shelves.set(frame, shelf);
  }
  return shelves;
}

function isOutermost(frame: SceneFrame, shelf: Shelf, side: Side): boolean {
  return side === 'left' ? frame.x === shelf.left : frame.x + frame.width === shelf.right;
}
