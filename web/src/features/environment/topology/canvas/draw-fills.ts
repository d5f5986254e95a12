import { cellSize } from '../graph/grid.ts';
import { fillColour } from './palette.ts';
import { overlaps } from './picture.ts';
import type { Pass } from './picture.ts';

/** One colour after the other, so that the canvas state changes once per class. */
export function drawFills(pass: Pass): void {
  const { ctx, picture, scene, visible, fills } = pass;
  const { fill, view, palette, found } = picture;
  if (fill === null) return;
  const width = Math.max(1, cellSize.width * view.k);
  const height = Math.max(1, cellSize.height * view.k);
  const frames = scene.frames.filter((frame) => frame.count > 0 && overlaps(frame, visible));
  fill.classes.forEach((step, at) => {
    const { colour, alpha } = fillColour(palette, step);
    ctx.fillStyle = colour;
    for (const { first, count } of frames)
      for (let cell = first; cell < first + count; cell += 1) {
        if (fills[cell] !== at + 1) continue;
        const isLit = found === null || found.has(scene.nodes[cell]?.id ?? '');
        ctx.globalAlpha = isLit ? alpha : alpha / 4;
        ctx.fillRect(
          (scene.x[cell] ?? 0) * view.k + view.x,
          (scene.y[cell] ?? 0) * view.k + view.y,
          width,
          height,
        );
      }
  });
  ctx.globalAlpha = 1;
}
