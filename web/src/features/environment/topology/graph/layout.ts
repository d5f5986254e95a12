import { cellSize, gridFor, pitch, slotsFor } from './grid.ts';
import type { Box } from './grid.ts';
import type { Group } from './group.ts';
import { widthBelow, widthsBeside } from './lane-widths.ts';
import { LANE } from './lanes.ts';
import { arrange } from './shelves.ts';
import type { Item, Rect } from './shelves.ts';

export const PADDING = 8;
export const FRAME_GAP = 16;
/** Between two lanes; lines run in it. */
export const GUTTER = 40;
/** Left of lanes that stand below each other. */
export const MARGIN = 24;

/** A phone shows names rather than everything, so that one scrolls down instead of zooming in. */
const TALLER = 4;

/** World coordinates. Its own cells are `cells[first]` to `cells[first + count - 1]` of the layout. */
export type Frame = Rect & {
  id: string;
  nodeId: string | null;
  label: string;
  /** Lanes are 1. */
  depth: number;
  first: number;
  count: number;
};

export type Cell = {
  id: string;
  x: number;
  y: number;
};

export type Layout = {
  width: number;
  height: number;
  /**
   * Height of every frame's heading. Grows with the number of cells, so that headings stay readable at full zoom-out.
   */
  heading: number;
  /** Parents before their children. */
  frames: Frame[];
  cells: Cell[];
  /** Input of the next layout, by group id. */
  boxes: ReadonlyMap<string, Box>;
};

export type LayoutOptions = {
  /** Width over height of the space to fill. Below 1 the lanes stand below each other. */
  aspect: number;
};

/**
 * Deterministic. With `previous`, everything keeps its place (a cell its slot, a frame its corner, a lane its width),
 * new nodes take free slots, and only a frame that outgrew its surroundings moves.
 */
export function layoutGroups(root: Group, options: LayoutOptions, previous?: Layout): Layout {
  const heading = previous?.heading ?? headingFor(countCells(root), options.aspect);
  const boxes = new Map<string, Box>();
  const context = { heading, aspect: options.aspect, before: previous?.boxes, boxes };
  const lanes = root.groups.filter((lane) => lane.groups.length > 0 || previous?.boxes.has(lane.id));
  const { width, height } = placeLanes(lanes, context);
  const layout: Layout = { width, height, heading, frames: [], cells: [], boxes };
  for (const lane of lanes) collect(lane, 0, 0, 1, layout);
  return layout;
}

type Context = {
  heading: number;
  aspect: number;
  before: ReadonlyMap<string, Box> | undefined;
  boxes: Map<string, Box>;
};

function placeLanes(lanes: readonly Group[], context: Context): { width: number; height: number } {
  const { heading, aspect, before, boxes } = context;
  const isBeside = aspect >= 1;
  const items = lanes.map((lane) => placeChildren(lane, context));
  const options = { aspect, gap: FRAME_GAP, gutter: GUTTER, least: cellSize.width + 2 * PADDING };
  const below = isBeside ? 0 : widthBelow(items, { ...options, aspect: aspect / TALLER });
  const widths = isBeside ? widthsBeside(items, options) : lanes.map(() => below);
  let x = isBeside ? 0 : MARGIN;
  let y = 0;
  let right = 0;
  let bottom = 0;
  lanes.forEach((lane, at) => {
    const known = before?.get(lane.id);
    const inner = known?.inner ?? widths[at] ?? options.least;
    const area = arrange(items[at] ?? [], inner, FRAME_GAP);
    const top = heading + FRAME_GAP;
    for (const { box } of items[at] ?? []) box.y += top;
    const width = Math.max(area.width, options.least, known?.width ?? 0);
    const height = Math.max(top + area.height + FRAME_GAP, known?.height ?? 0);
    boxes.set(lane.id, { x, y, width, height, columns: 0, rows: 0, inner, slots: new Map() });
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
    if (isBeside) x += width + GUTTER;
    else y += height + GUTTER / 2;
  });
  return { width: right, height: bottom };
}

function placeChildren(group: Group, context: Context): Item[] {
  return group.groups.map((child) => ({
    band: child.band,
    box: placeGroup(child, context),
    before: beforeOf(child, group, context),
  }));
}

/** Relative to the area its siblings are arranged in. */
function beforeOf(child: Group, parent: Group, { before, heading }: Context): Rect | undefined {
  const known = before?.get(child.id);
  const around = before?.get(parent.id);
  if (known === undefined || around === undefined) return undefined;
  const isLane = parent.id.startsWith(LANE);
  const left = isLane ? 0 : PADDING;
  const top = isLane ? heading + FRAME_GAP : heading + around.rows * pitch.y + FRAME_GAP / 2;
  return { ...known, x: known.x - left, y: known.y - top };
}

/** Sizes a group bottom-up and places its children; its own corner is set by its parent. */
function placeGroup(group: Group, context: Context): Box {
  const before = context.before?.get(group.id);
  const grid = gridFor(group.cells.length, { before, spare: group.nodeId !== null });
  const slots = slotsFor(group.cells, before?.slots);
  const children = placeChildren(group, context);
  const inner = before?.inner ?? innerWidth(children);
  const area = arrange(children, inner, FRAME_GAP);
  const top = context.heading + grid.rows * pitch.y;
  for (const { box } of children) {
    box.x += PADDING;
    box.y += top + FRAME_GAP / 2;
  }
  const width = Math.max(grid.columns * pitch.x - cellSize.gap, area.width, cellSize.width);
  const below = area.height === 0 ? 0 : area.height + FRAME_GAP;
  const box: Box = {
    x: 0,
    y: 0,
    width: Math.max(width + 2 * PADDING, before?.width ?? 0),
    height: Math.max(top + below + PADDING, before?.height ?? 0),
    ...grid,
    inner,
    slots,
  };
  context.boxes.set(group.id, box);
  return box;
}

function innerWidth(children: readonly Item[]): number {
  if (children.length === 0) return 0;
  return widthsBeside([children], { aspect: 1.6, gap: FRAME_GAP, gutter: 0, least: 0 })[0] ?? 0;
}

function collect(group: Group, x: number, y: number, depth: number, layout: Layout): void {
  const box = layout.boxes.get(group.id);
  if (box === undefined) return;
  const left = x + box.x;
  const top = y + box.y;
  const { id, nodeId, label, cells } = group;
  const { width, height } = box;
  const first = layout.cells.length;
  layout.frames.push({
    id,
    nodeId,
    label,
    depth,
    x: left,
    y: top,
    width,
    height,
    first,
    count: cells.length,
  });
  for (const cell of cells) {
    const slot = box.slots.get(cell) ?? 0;
    layout.cells.push({
      id: cell,
      x: left + PADDING + (slot % box.columns) * pitch.x,
      y: top + layout.heading + Math.floor(slot / box.columns) * pitch.y,
    });
  }
  for (const child of group.groups) collect(child, left, top, depth + 1, layout);
}

function countCells(group: Group): number {
  return group.groups.reduce((sum, child) => sum + countCells(child), group.cells.length);
}

/** Tall spaces are phones with about a fifth of the area, so the picture appears that much smaller. */
const PHONE_FACTOR = 5;

/** In coarse steps, so that a few more cells don't change it. */
function headingFor(cells: number, aspect: number): number {
  const weight = aspect < 1 ? cells * PHONE_FACTOR : cells;
  if (weight <= 400) return 32;
  if (weight <= 2000) return 52;
  if (weight <= 6000) return 80;
  return 120;
}
