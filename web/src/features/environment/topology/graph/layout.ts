import type { Group } from './group.ts';
import { arrange } from './pack.ts';
import type { Item, Rect } from './pack.ts';

/** World units: one is one CSS pixel at zoom 1. */
export const cellSize = { width: 148, height: 28, gap: 4 } as const;
const pitch = { x: cellSize.width + cellSize.gap, y: cellSize.height + cellSize.gap } as const;
const PADDING = 8;
const FRAME_GAP = 16;

/** A group's place, kept between layouts. `x` and `y` are relative to the parent. */
type Box = Rect & {
  columns: number;
  rows: number;
  /** Width the children were arranged in. */
  inner: number;
  /** Grid slot of each cell. */
  slots: ReadonlyMap<string, number>;
};

/** World coordinates. Its own cells are `cells[first]` to `cells[first + count - 1]` of the layout. */
export type Frame = Rect & {
  id: string;
  nodeId: string | null;
  label: string;
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
  /** Width over height of the space to fill. */
  aspect: number;
};

/**
 * Deterministic. With `previous`, everything keeps its place (a cell its slot, a frame its corner), new nodes take free
 * slots, and only a frame that outgrew its surroundings moves.
 */
export function layoutGroups(root: Group, options: LayoutOptions, previous?: Layout): Layout {
  const heading = previous?.heading ?? headingFor(countCells(root), options.aspect);
  const boxes = new Map<string, Box>();
  const box = placeGroup(root, { heading, aspect: options.aspect, before: previous?.boxes, boxes });
  const layout: Layout = { width: box.width, height: box.height, heading, frames: [], cells: [], boxes };
  collect(root, 0, 0, 0, layout);
  return layout;
}

type Context = {
  heading: number;
  aspect: number;
  before: ReadonlyMap<string, Box> | undefined;
  boxes: Map<string, Box>;
};

/** Sizes a group bottom-up and places its children; its own corner is set by its parent. */
function placeGroup(group: Group, context: Context): Box {
  const before = context.before?.get(group.id);
  const isRoot = group.id === 'root';
  const grid = gridFor(group.cells.length, before);
  const slots = slotsFor(group.cells, before?.slots);
  const children = group.groups.map((child) => ({
    band: child.band,
    box: placeGroup(child, context),
    before: context.before?.get(child.id),
  }));
  const inner = before?.inner ?? bestWidth(children, isRoot ? context.aspect : 1.6);
  const area = arrange(children, inner, FRAME_GAP);
  const gridHeight = grid.rows * pitch.y;
  const top = isRoot ? 0 : context.heading + gridHeight;
  const margin = isRoot ? 0 : PADDING;
  for (const { box } of children) {
    box.x += margin;
    box.y += top + (isRoot ? 0 : FRAME_GAP / 2);
  }
  const width = Math.max(grid.columns * pitch.x - cellSize.gap, area.width, isRoot ? 0 : cellSize.width);
  const below = area.height === 0 ? 0 : area.height + FRAME_GAP / 2;
  const box: Box = {
    x: 0,
    y: 0,
    width: Math.max(width + 2 * margin, isRoot ? 0 : (before?.width ?? 0)),
    height: Math.max(isRoot ? area.height : top + below + PADDING, isRoot ? 0 : (before?.height ?? 0)),
    ...grid,
    inner,
    slots,
  };
  context.boxes.set(group.id, box);
  return box;
}

const rowSteps = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128];

/** A few standard heights, so that frames of similar size line up. */
function gridFor(count: number, before: Box | undefined): { columns: number; rows: number } {
  if (before !== undefined && before.columns > 0) {
    const needed = Math.ceil(count / before.columns);
    return { columns: before.columns, rows: Math.max(before.rows, needed) };
  }
  if (count === 0) return { columns: 0, rows: 0 };
  const capacity = count + spareSlots(count);
  const wanted = Math.sqrt((capacity * pitch.x) / (pitch.y * 1.6));
  const rows = rowSteps.find((step) => step >= wanted) ?? Math.ceil(wanted);
  const columns = Math.ceil(capacity / rows);
  return { columns, rows: Math.ceil(capacity / columns) };
}

/**
 * Free slots for new cells, so that a large frame needn't move for a few more. Small frames get none: moving them is
 * cheap.
 */
function spareSlots(count: number): number {
  return count < 12 ? 0 : Math.ceil(count * 0.05);
}

function slotsFor(
  cells: readonly string[],
  before: ReadonlyMap<string, number> | undefined,
): Map<string, number> {
  const slots = new Map<string, number>();
  const taken = new Set<number>();
  for (const id of cells) {
    const slot = before?.get(id);
    if (slot === undefined) continue;
    slots.set(id, slot);
    taken.add(slot);
  }
  let next = 0;
  for (const id of cells) {
    if (slots.has(id)) continue;
    while (taken.has(next)) next += 1;
    slots.set(id, next);
    next += 1;
  }
  return slots;
}

/** Widths tried, relative to that of a box with the children's total area. */
const stretches = [0.9, 1, 1.1, 1.2, 1.35, 1.5];

/** The width that shows the children largest in a space of the given aspect. */
function bestWidth(children: readonly Item[], aspect: number): number {
  let area = 0;
  let widest = 0;
  for (const { box } of children) {
    area += (box.width + FRAME_GAP) * (box.height + FRAME_GAP);
    widest = Math.max(widest, box.width);
  }
  let best = widest;
  let least = Number.POSITIVE_INFINITY;
  for (const stretch of stretches) {
    const width = Math.max(widest, Math.sqrt(area * aspect) * stretch);
    const used = arrange(children, width, FRAME_GAP);
    const needed = Math.max(used.width, used.height * aspect);
    if (needed >= least) continue;
    least = needed;
    best = width;
  }
  return best;
}

function collect(group: Group, x: number, y: number, depth: number, layout: Layout): void {
  const box = layout.boxes.get(group.id);
  if (box === undefined) return;
  if (depth > 0) {
    const { id, nodeId, label } = group;
    const { width, height } = box;
    const first = layout.cells.length;
    layout.frames.push({ id, nodeId, label, depth, x, y, width, height, first, count: group.cells.length });
    for (const cell of group.cells) {
      const slot = box.slots.get(cell) ?? 0;
      layout.cells.push({
        id: cell,
        x: x + PADDING + (slot % box.columns) * pitch.x,
        y: y + layout.heading + Math.floor(slot / box.columns) * pitch.y,
      });
    }
  }
  for (const child of group.groups) {
    const place = layout.boxes.get(child.id);
    if (place !== undefined) collect(child, x + place.x, y + place.y, depth + 1, layout);
  }
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
