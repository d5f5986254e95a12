import { rectOf } from '../graph/place.ts';
import type { Rect } from '../graph/shelves.ts';
import type { Pass } from './picture.ts';

/** A frame needs no ring for what is inside it. */
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
  if (picture.selected !== null) ring(picture.selected, palette.accent, picture.focused ? 4 : 2);

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
