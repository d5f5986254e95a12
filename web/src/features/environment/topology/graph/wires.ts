import type { Flow } from './flows.ts';
import type { Point, Router } from './routes.ts';

/** Straight pieces: x1, y1, x2, y2 each, in world units. */
export type Wires = Float32Array;

/** The lines of all flows, each stretch once however many run along it. */
export function bundle(flows: readonly Flow[], router: Router): Wires {
  const across = new Map<number, [number, number][]>();
  const down = new Map<number, [number, number][]>();
  for (const { from, to } of flows) {
    const points = router.between(from, to);
    for (let at = 1; at < points.length; at += 1) addPiece(points[at - 1], points[at], across, down);
  }
  const pieces: number[] = [];
  for (const [y, spans] of across) for (const [a, b] of merged(spans)) pieces.push(a, y, b, y);
  for (const [x, spans] of down) for (const [a, b] of merged(spans)) pieces.push(x, a, x, b);
  return Float32Array.from(pieces);
}

function addPiece(
  a: Point | undefined,
  b: Point | undefined,
  across: Map<number, [number, number][]>,
  down: Map<number, [number, number][]>,
): void {
  if (a === undefined || b === undefined || (a.x === b.x && a.y === b.y)) return;
  const isAcross = a.y === b.y;
  const line = isAcross ? a.y : a.x;
  const span: [number, number] = isAcross
    ? [Math.min(a.x, b.x), Math.max(a.x, b.x)]
    : [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  const lines = isAcross ? across : down;
  const known = lines.get(line);
  if (known === undefined) lines.set(line, [span]);
  else known.push(span);
}

function merged(spans: [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last === undefined || from > last[1]) result.push([from, to]);
    else last[1] = Math.max(last[1], to);
  }
  return result;
}
