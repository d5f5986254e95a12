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
 * Places boxes without overlap, `gap` apart and within `width` where possible. Without previous places: band by band,
 * in order. With them: each keeps its corner unless it grew into a neighbour; that one and new boxes take the first
 * free spot from the top. @returns the size of the used area
 */
export function arrange(
  items: readonly Item[],
  width: number,
  gap: number,
): { width: number; height: number } {
  if (items.some((item) => item.before !== undefined)) keepPlaces(items, width, gap);
  else fillBands(items, width, gap);
  let right = 0;
  let bottom = 0;
  for (const { box } of items) {
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { width: right, height: bottom };
}

function keepPlaces(items: readonly Item[], width: number, gap: number): void {
  const placed: Rect[] = [];
  const waiting: Item[] = [];
  const grown: Item[] = [];
  for (const item of items) {
    if (item.before === undefined) waiting.push(item);
    else if (item.box.width > item.before.width || item.box.height > item.before.height) grown.push(item);
    else {
      moveTo(item.box, item.before);
      placed.push(item.box);
    }
  }
  for (const item of grown) {
    moveTo(item.box, item.before ?? item.box);
    if (isFree(item.box, placed, gap)) placed.push(item.box);
    else waiting.push(item);
  }
  for (const { box } of waiting) {
    moveTo(box, firstFree(box, placed, width, gap));
    placed.push(box);
  }
}

function moveTo(box: Rect, place: { x: number; y: number }): void {
  box.x = place.x;
  box.y = place.y;
}

function isFree(box: Rect, placed: readonly Rect[], gap: number): boolean {
  return placed.every(
    (other) =>
      box.x >= other.x + other.width + gap ||
      other.x >= box.x + box.width + gap ||
      box.y >= other.y + other.height + gap ||
      other.y >= box.y + box.height + gap,
  );
}

function firstFree(box: Rect, placed: readonly Rect[], width: number, gap: number): { x: number; y: number } {
  const corners = [{ x: 0, y: 0 }];
  for (const other of placed) {
    corners.push({ x: other.x + other.width + gap, y: other.y });
    corners.push({ x: other.x, y: other.y + other.height + gap });
    corners.push({ x: 0, y: other.y + other.height + gap });
  }
  corners.sort((a, b) => a.y - b.y || a.x - b.x);
  const fits = (corner: { x: number; y: number }) =>
    (corner.x === 0 || corner.x + box.width <= width) && isFree({ ...box, ...corner }, placed, gap);
  return corners.find(fits) ?? { x: 0, y: 0 };
}

/** A segment of the skyline: from `x`, `width` wide, everything below `y` is free. */
type Ledge = {
  x: number;
  y: number;
  width: number;
};

function fillBands(items: readonly Item[], width: number, gap: number): void {
  let ledges: Ledge[] = [{ x: 0, y: 0, width: width + gap }];
  let band: number | undefined;
  for (const item of items) {
    if (item.band !== band) {
      band = item.band;
      ledges = [{ x: 0, y: Math.max(...ledges.map((ledge) => ledge.y)), width: width + gap }];
    }
    const footprint = { width: Math.min(item.box.width + gap, width + gap), height: item.box.height + gap };
    const spot = lowestSpot(ledges, footprint.width);
    moveTo(item.box, spot);
    ledges = raise(ledges, { ...spot, ...footprint });
  }
}

/** The spot with the least `y`, then least `x`, that fits `width`. */
function lowestSpot(ledges: readonly Ledge[], width: number): { x: number; y: number } {
  let best: { x: number; y: number } | undefined;
  ledges.forEach((start, index) => {
    let reach = 0;
    let y = 0;
    for (const ledge of ledges.slice(index)) {
      y = Math.max(y, ledge.y);
      reach += ledge.width;
      if (reach >= width - 0.01) break;
    }
    if (reach >= width - 0.01 && (best === undefined || y < best.y - 0.01)) best = { x: start.x, y };
  });
  return best ?? { x: 0, y: Math.max(...ledges.map((ledge) => ledge.y)) };
}

function raise(ledges: readonly Ledge[], box: Rect): Ledge[] {
  const end = box.x + box.width;
  const left = ledges
    .filter((ledge) => ledge.x < box.x)
    .map((ledge) => ({ ...ledge, width: Math.min(ledge.width, box.x - ledge.x) }));
  const right = ledges
    .filter((ledge) => ledge.x + ledge.width > end + 0.01)
    .map((ledge) => {
      const x = Math.max(ledge.x, end);
      return { x, y: ledge.y, width: ledge.x + ledge.width - x };
    });
  return [...left, { x: box.x, y: box.y + box.height, width: box.width }, ...right];
}
