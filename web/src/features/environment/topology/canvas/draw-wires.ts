import type { Wires } from '../graph/wires.ts';
import type { Pass } from './picture.ts';

export function drawWires(pass: Pass): void {
  const { ctx, picture } = pass;
  if (picture.wires === null) return;
  ctx.globalAlpha = picture.litWires === null ? 0.45 : 0.25;
  drawPieces(pass, picture.wires, picture.palette.lineStrong, 1);
  ctx.globalAlpha = 1;
}

/** Of the node under the pointer, or the selected one. */
export function drawLitWires(pass: Pass): void {
  const { picture } = pass;
  if (picture.litWires !== null) drawPieces(pass, picture.litWires, picture.palette.accent, 2);
}

function drawPieces({ ctx, picture, size }: Pass, wires: Wires, colour: string, width: number): void {
  const { x, y, k } = picture.view;
  const half = width % 2 === 0 ? 0 : 0.5;
  ctx.beginPath();
  for (let at = 0; at < wires.length; at += 4) {
    const left = Math.round((wires[at] ?? 0) * k + x) + half;
    const top = Math.round((wires[at + 1] ?? 0) * k + y) + half;
    const right = Math.round((wires[at + 2] ?? 0) * k + x) + half;
    const bottom = Math.round((wires[at + 3] ?? 0) * k + y) + half;
    if (right < 0 || bottom < 0 || left > size.width || top > size.height) continue;
    ctx.moveTo(left, top);
    ctx.lineTo(right, bottom);
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.lineCap = 'square';
  ctx.stroke();
  // The frames of the next picture are dashed, which this cap would close up.
  ctx.lineCap = 'butt';
}
