import type { Rect } from '../graph/pack.ts';
import { rectOf } from '../graph/place.ts';
import type { Pass } from './picture.ts';

/** Most lines drawn from one node; more are unreadable. */
const MOST_LINES = 300;

export function drawEdges({ ctx, picture, scene }: Pass): void {
  const centre = picture.hovered ?? picture.selected;
  const from = centre === null ? null : rectOf(scene, centre);
  if (from === null) return;
  const { view, palette } = picture;
  const start = anchor(from, scene.heading);
  ctx.beginPath();
  for (const id of picture.neighbours.slice(0, MOST_LINES)) {
    const to = rectOf(scene, id);
    if (to === null || inside(from, to) || inside(to, from)) continue;
    const end = anchor(to, scene.heading);
    ctx.moveTo(start.x * view.k + view.x, start.y * view.k + view.y);
    ctx.lineTo(end.x * view.k + view.x, end.y * view.k + view.y);
  }
  ctx.strokeStyle = palette.accent;
  ctx.globalAlpha = 0.6;
  ctx.lineWidth = 1.25;
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** Lines end at a frame's heading, and at a cell's centre. */
function anchor(rect: Rect, heading: number): { x: number; y: number } {
  return { x: rect.x + rect.width / 2, y: rect.y + Math.min(rect.height, heading) / 2 };
}

/** A frame needs no line to a cell inside it. */
function inside(inner: Rect, outer: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

export function drawRings({ ctx, picture, scene }: Pass): void {
  const { view, palette } = picture;
  const ring = (id: string, colour: string, width: number) => {
    const rects = scene.frames.filter((frame) => frame.nodeId === id);
    const own = rects.length > 0 ? rects : [rectOf(scene, id)];
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    for (const rect of own) if (rect !== null) ctx.strokeRect(...around(rect, width));
  };
  for (const id of picture.changed) {
    const cell = scene.cellOf.get(id);
    if (cell === undefined) continue;
    const rect = rectOf(scene, id);
    ctx.strokeStyle = palette.tint;
    ctx.lineWidth = 2;
    if (rect !== null) ctx.strokeRect(...around(rect, 2));
  }
  const centre = picture.hovered === null ? null : rectOf(scene, picture.hovered);
  for (const id of centre === null ? [] : picture.neighbours) {
    const rect = rectOf(scene, id);
    if (rect !== null && centre !== null && !inside(rect, centre)) ring(id, palette.accent, 1);
  }
  if (picture.hovered !== null) ring(picture.hovered, palette.accent, 1.5);
  if (picture.selected !== null) ring(picture.selected, palette.accent, 3);

  function around(rect: Rect, width: number): [number, number, number, number] {
    const out = width / 2;
    return [
      Math.round(rect.x * view.k + view.x) - out,
      Math.round(rect.y * view.k + view.y) - out,
      Math.max(4, rect.width * view.k) + 2 * out,
      Math.max(4, rect.height * view.k) + 2 * out,
    ];
  }
}
