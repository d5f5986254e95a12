import type { StateShape } from '../../../../ui/state-visual.ts';

const TAU = Math.PI * 2;

/**
 * Adds a state's shape to the current path, as in the lists' glyphs. Fill dot, half dot and square; stroke ring and
 * dashed ring.
 */
export function tracePath(
  ctx: Pick<CanvasRenderingContext2D, 'moveTo' | 'arc' | 'rect' | 'closePath'>,
  shape: StateShape,
  x: number,
  y: number,
  radius: number,
): void {
  switch (shape) {
    case 'filled':
      ctx.moveTo(x + radius, y);
      ctx.arc(x, y, radius, 0, TAU);
      break;
    case 'square':
      ctx.rect(x - radius, y - radius, radius * 2, radius * 2);
      break;
    case 'ring':
      ctx.moveTo(x + radius - 0.75, y);
      ctx.arc(x, y, radius - 0.75, 0, TAU);
      break;
    case 'half':
      // Right half filled; the left half is a thin band, wound the other way on its inside.
      ctx.moveTo(x, y - radius);
      ctx.arc(x, y, radius, -TAU / 4, TAU / 4);
      ctx.arc(x, y, radius, TAU / 4, (TAU * 3) / 4);
      ctx.arc(x, y, radius - 1.5, (TAU * 3) / 4, TAU / 4, true);
      ctx.closePath();
      break;
    case 'dashed':
      for (let part = 0; part < 5; part += 1) {
        const start = (part / 5) * TAU;
        ctx.moveTo(x + Math.cos(start) * (radius - 0.75), y + Math.sin(start) * (radius - 0.75));
        ctx.arc(x, y, radius - 0.75, start, start + TAU / 9);
      }
  }
}
