import { arrange } from './shelves.ts';
import type { Item } from './shelves.ts';

type Shape = { width: number; height: number };

/** Most frames tried side by side in one lane. */
const MOST_COLUMNS = 24;

/**
 * The width of each lane that shows all of them largest in a space of the given aspect, side by side with `gutter`
 * between them.
 */
export function widthsBeside(
  lanes: readonly (readonly Item[])[],
  { aspect, gap, gutter, least }: { aspect: number; gap: number; gutter: number; least: number },
): number[] {
  const shapes = lanes.map((items) => shapesOf(items, gap, least));
  let best: Shape[] = [];
  let smallest = Number.POSITIVE_INFINITY;
  for (const height of new Set(shapes.flat().map((shape) => shape.height))) {
    const chosen = shapes.map((options) => narrowest(options, height));
    const width = chosen.reduce((sum, shape) => sum + shape.width + gutter, 0);
    const needed = Math.max(width, Math.max(...chosen.map((shape) => shape.height)) * aspect);
    if (needed >= smallest) continue;
    smallest = needed;
    best = chosen;
  }
  return best.map((shape) => shape.width);
}

/** One width for all lanes where they stand below each other. */
export function widthBelow(
  lanes: readonly (readonly Item[])[],
  { aspect, gap, gutter, least }: { aspect: number; gap: number; gutter: number; least: number },
): number {
  let best = least;
  let smallest = Number.POSITIVE_INFINITY;
  for (const width of new Set(lanes.flatMap((items) => shapesOf(items, gap, least)).map((it) => it.width))) {
    const used = lanes.map((items) => arrange(items, width, gap));
    const height = used.reduce((sum, shape) => sum + shape.height + gutter, 0);
    const needed = Math.max(...used.map((shape) => shape.width), least, height * aspect);
    if (needed >= smallest) continue;
    smallest = needed;
    best = width;
  }
  return best;
}

function narrowest(shapes: readonly Shape[], height: number): Shape {
  const fitting = shapes.filter((shape) => shape.height <= height);
  const [first, ...rest] = fitting.length > 0 ? fitting : shapes;
  const none = { width: 0, height: 0 };
  return rest.reduce((best, shape) => (shape.width < best.width ? shape : best), first ?? none);
}

function shapesOf(items: readonly Item[], gap: number, least: number): Shape[] {
  const widths = items.map(({ box }) => box.width).sort((a, b) => b - a);
  const shapes: Shape[] = [];
  let width = 0;
  for (const next of widths.slice(0, MOST_COLUMNS)) {
    width += next + (width === 0 ? 0 : gap);
    const used = arrange(items, width, gap);
    shapes.push({ width: Math.max(used.width, least), height: used.height });
  }
  return shapes.length > 0 ? shapes : [{ width: least, height: 0 }];
}
