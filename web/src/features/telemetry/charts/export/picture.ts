import { linePath } from '../../../../lib/line-path.ts';
import { timeTickLabel, timeTicks } from '../../../../lib/time-ticks.ts';
import { formatAbsolute } from '../../../../lib/time.ts';
import type { Zone } from '../../../../lib/time.ts';
import { bandPath } from '../band.rules.ts';
import type { Axis } from '../several.rules.ts';
import type { Drawn } from './drawn.rules.ts';
import { PICTURE, wrapped } from './layout.rules.ts';

const SHARPNESS = 2;
const SWATCH = 24;
const GAP = 18;

type Box = { left: number; top: number; width: number; height: number };
type Pen = { ctx: CanvasRenderingContext2D; colorOf: (css: string) => string; font: string };

/** The chart with title, unit, range and legend, in the theme the page has. @throws Error where there is no canvas. */
export async function chartPicture(chart: Drawn, zone: Zone): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const ctx = canvas.getContext('2d');
  if (ctx === null) throw new Error('This browser draws no pictures.');
  const style = getComputedStyle(document.documentElement);
  const colorOf = (css: string) =>
    css.replaceAll(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim());
  const pen: Pen = { ctx, colorOf, font: getComputedStyle(document.body).fontFamily };
  const { width, edge, top, axis, plot, times, line } = PICTURE;

  ctx.font = `13px ${pen.font}`;
  const named = chart.lines.filter(({ isPale }) => !isPale);
  const legend = wrapped(
    named.map(({ name }) => SWATCH + ctx.measureText(name).width),
    width - 2 * edge,
    GAP,
  );
  const below = top + plot + times;
  canvas.width = width * SHARPNESS;
  canvas.height = (below + (legend.lines + chart.notes.length) * line + edge) * SHARPNESS;
  ctx.scale(SHARPNESS, SHARPNESS);
  ctx.fillStyle = colorOf('var(--panel)');
  ctx.fillRect(0, 0, canvas.width, canvas.height);

  const range = `${formatAbsolute(chart.from, zone)} – ${formatAbsolute(chart.to, zone)}`;
  write(pen, chart.title, edge, 34, { size: 18, weight: 600, color: 'var(--text)' });
  write(pen, `${chart.unit} · ${range}`, edge, 56, {});
  const right = chart.right === null ? 0 : axis;
  const inside = { left: edge + axis, top, width: width - 2 * edge - axis - right, height: plot };
  drawPlot(pen, chart, zone, inside);
  drawLegend(pen, named, legend.places, below + line / 2);
  for (const [index, note] of chart.notes.entries())
    write(pen, note, edge, below + (legend.lines + index + 0.7) * line, {});

  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) =>
      blob === null ? reject(new Error('The picture could not be made.')) : resolve(blob),
    ),
  );
}

function drawPlot(pen: Pen, chart: Drawn, zone: Zone, { left, top, width, height }: Box): void {
  const { ctx } = pen;
  const { limit, band, times } = chart;
  const start = Math.min(chart.from, times[0] ?? chart.from);
  const span = Math.max(1, chart.to - start);
  const x = (at: number) => left + ((at - start) / span) * width;
  const yOn = (axis: Axis) => (value: number) => top + (1 - value / axis.top) * height;
  const y = yOn(chart.left);
  for (const tick of chart.left.ticks) {
    stroke(pen, `M${left},${y(tick)}h${width}`, tick === 0 ? 'var(--line-strong)' : 'var(--line)', {
      width: 1,
    });
    write(pen, chart.left.format(tick), left - 8, y(tick) + 4, { align: 'right' });
  }
  if (chart.right !== null)
    for (const tick of chart.right.ticks)
      write(pen, chart.right.format(tick), left + width + 8, yOn(chart.right)(tick) + 4, {});
  for (const at of timeTicks(start, chart.to, zone, 8))
    write(pen, timeTickLabel(at, span, zone), x(at), top + height + 18, { align: 'center' });
  if (limit !== null) {
    stroke(pen, `M${left},${y(limit)}h${width}`, 'var(--tone-neutral)', { width: 1, dash: '4 3' });
    write(pen, 'limit', left + width, y(limit) + (limit === chart.left.top ? 16 : -6), { align: 'right' });
  }
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top - 1, width, height + 2);
  ctx.clip();
  const xs = times.map(x);
  if (band !== null) {
    ctx.fillStyle = pen.colorOf(band.color);
    ctx.globalAlpha = 0.2;
    // A canvas's path, not an array.
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type
    ctx.fill(new Path2D(bandPath(xs, band, y)));
    ctx.globalAlpha = 1;
  }
  for (const { values, color, dash, side, isPale } of chart.lines) {
    const scale = side === 'right' && chart.right !== null ? yOn(chart.right) : y;
    stroke(pen, linePath(xs, values, scale), color, { width: 1.5, dash, alpha: isPale ? 0.4 : 1 });
  }
  ctx.restore();
}

function drawLegend(
  pen: Pen,
  lines: Drawn['lines'],
  places: readonly { x: number; y: number }[],
  top: number,
): void {
  for (const [index, { name, color, dash }] of lines.entries()) {
    const { x, y } = places[index] ?? { x: 0, y: 0 };
    stroke(pen, `M${PICTURE.edge + x},${top + y}h${SWATCH - 8}`, color, { width: 2, dash });
    write(pen, name, PICTURE.edge + x + SWATCH, top + y + 4, { color: 'var(--text)' });
  }
}

type Stroke = { width: number; dash?: string | undefined; alpha?: number };

function stroke(
  { ctx, colorOf }: Pen,
  path: string,
  color: string,
  { width, dash, alpha = 1 }: Stroke,
): void {
  ctx.strokeStyle = colorOf(color);
  ctx.lineWidth = width;
  ctx.lineJoin = 'round';
  ctx.lineCap = 'round';
  ctx.globalAlpha = alpha;
  ctx.setLineDash(dash === undefined ? [] : dash.split(' ').map(Number));
  ctx.stroke(new Path2D(path));
  ctx.globalAlpha = 1;
}

type Written = { size?: number; weight?: number; color?: string; align?: CanvasTextAlign };

function write(
  { ctx, colorOf, font }: Pen,
  text: string,
  x: number,
  y: number,
  { size = 13, weight = 400, color = 'var(--muted)', align = 'left' }: Written,
): void {
  ctx.font = `${weight} ${size}px ${font}`;
  ctx.fillStyle = colorOf(color);
  ctx.textAlign = align;
  ctx.fillText(text, x, y);
}
