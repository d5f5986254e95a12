export type Rect = {
  x: number;
  y: number;
  width: number;
  height: number;
};

export type Item = {
  band: number;
  box: Rect;
  before: Rect | undefined;
};

/**
 * Places boxes side by side on shelves, `gap` apart and within `width` where possible. All boxes of a shelf begin at the
 * same height, so that the space between two shelves is free for lines. Without previous places: in order, each band on
 * shelves of its own. With them: each box keeps its corner while it fits its shelf; others take the first free spot.
 * @returns the size of the used area
 */
export function arrange(
  items: readonly Item[],
  width: number,
  gap: number,
): { width: number; height: number } {
  if (items.some((item) => item.before !== undefined)) keepPlaces(items, width, gap);
  else fill(items, width, gap);
  let right = 0;
  let bottom = 0;
  for (const { box } of items) {
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { width: right, height: bottom };
}

function fill(items: readonly Item[], width: number, gap: number): void {
  let band: number | undefined;
  let x = 0;
  let y = 0;
  let height = 0;
  for (const item of items) {
    if (x > 0 && (item.band !== band || x + item.box.width > width)) {
      y += height + gap;
      x = 0;
      height = 0;
    }
    band = item.band;
    moveTo(item.box, { x, y });
    x += item.box.width + gap;
    height = Math.max(height, item.box.height);
  }
}

type Shelf = { y: number; boxes: Rect[] };

function keepPlaces(items: readonly Item[], width: number, gap: number): void {
  const shelves = shelvesOf(items);
  const waiting: Rect[] = [];
  for (const { box, before } of items) {
    const at = shelves.findIndex((shelf) => shelf.y === before?.y);
    const shelf = shelves[at];
    if (before === undefined || shelf === undefined || box.width > before.width) waiting.push(box);
    else if (box.height > roomOf(shelves, at, gap)) waiting.push(box);
    else {
      moveTo(box, before);
      shelf.boxes.push(box);
    }
  }
  for (const box of waiting) {
    const spot = freeSpot(shelves, box, width, gap) ?? newShelf(shelves, gap);
    moveTo(box, { x: spot.x, y: spot.shelf.y });
    spot.shelf.boxes.push(box);
  }
}

function shelvesOf(items: readonly Item[]): Shelf[] {
  const heights = new Set(items.flatMap(({ before }) => (before === undefined ? [] : [before.y])));
  return [...heights].sort((a, b) => a - b).map((y) => ({ y, boxes: [] }));
}

/** Height a box may have on a shelf; any on the last one. */
function roomOf(shelves: readonly Shelf[], at: number, gap: number): number {
  const next = shelves[at + 1];
  return next === undefined ? Number.POSITIVE_INFINITY : next.y - gap - (shelves[at]?.y ?? 0);
}

function freeSpot(
  shelves: readonly Shelf[],
  box: Rect,
  width: number,
  gap: number,
): { shelf: Shelf; x: number } | null {
  for (const [at, shelf] of shelves.entries()) {
    if (box.height > roomOf(shelves, at, gap)) continue;
    const starts = [0, ...shelf.boxes.map((other) => other.x + other.width + gap)].sort((a, b) => a - b);
    const x = starts.find(
      (start) =>
        (start === 0 || start + box.width <= width) &&
        shelf.boxes.every(
          (other) => start >= other.x + other.width + gap || other.x >= start + box.width + gap,
        ),
    );
    if (x !== undefined) return { shelf, x };
  }
  return null;
}

function newShelf(shelves: Shelf[], gap: number): { shelf: Shelf; x: number } {
  const last = shelves.at(-1);
  const height = Math.max(0, ...(last?.boxes ?? []).map((box) => box.height));
  const shelf = { y: last === undefined ? 0 : last.y + height + gap, boxes: [] };
  shelves.push(shelf);
  return { shelf, x: 0 };
}

function moveTo(box: Rect, place: { x: number; y: number }): void {
  box.x = place.x;
  box.y = place.y;
}
