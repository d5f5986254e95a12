import type { Rect } from './shelves.ts';

/** World units: one is one CSS pixel at zoom 1. */
export const cellSize = { width: 148, height: 28, gap: 4 } as const;
export const pitch = { x: cellSize.width + cellSize.gap, y: cellSize.height + cellSize.gap } as const;

/** A group's place, kept between layouts. `x` and `y` are relative to the parent. */
export type Box = Rect & {
  columns: number;
  rows: number;
  /** Width the children were arranged in. */
  inner: number;
  /** Grid slot of each cell. */
  slots: ReadonlyMap<string, number>;
};

const rowSteps = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128];

/** A few standard heights, so that frames of similar size line up. */
export function gridFor(
  count: number,
  { before, spare }: { before: Box | undefined; spare: boolean },
): { columns: number; rows: number } {
  if (before !== undefined && before.columns > 0) {
    const needed = Math.ceil(count / before.columns);
    return { columns: before.columns, rows: Math.max(before.rows, needed) };
  }
  if (count === 0) return { columns: 0, rows: 0 };
  const capacity = count + (spare ? spareSlots(count) : 0);
  const wanted = Math.sqrt((capacity * pitch.x) / (pitch.y * 1.6));
  const rows = rowSteps.find((step) => step >= wanted) ?? Math.ceil(wanted);
  const columns = Math.ceil(capacity / rows);
  return { columns, rows: Math.ceil(capacity / columns) };
}

/** Free slots for new cells, so that a frame needn't move for a few more. One alone gets none. */
function spareSlots(count: number): number {
  return count < 2 ? 0 : Math.ceil(count * 0.05);
}

export function slotsFor(
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
