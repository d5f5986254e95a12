import { linePath } from '../../../../lib/line-path.ts';
import { timeTickLabel, timeTicks } from '../../../../lib/time-ticks.ts';
import { formatAbsolute } from '../../../../lib/time.ts';
import type { Zone } from '../../../../lib/time.ts';
import { valueAxis } from '../plot.rules.ts';
import { beforeOf, titleOf } from './chart.ts';
import type { ExportedChart } from './chart.ts';
import { PICTURE, wrapped } from './layout.rules.ts';

const SHARPNESS = 2;
const SWATCH = 24;
const GAP = 18;
const NO_LINE = { color: 'var(--series-1)', dash: undefined };

type Box = { left: number; top: number; width: number; height: number };
type Pen = { ctx: CanvasRenderingContext2D; colorOf: (css: string) => string; font: string };

/** The chart with title, unit, range and legend, in the theme the page has. @throws Error where there is no canvas. */
export async function chartPicture(chart: ExportedChart, zone: Zone): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const ctx = canvas.getContext('2d');
  if (ctx === null) throw new Error('This browser draws no pictures.');
  const style = getComputedStyle(document.documentElement);
  const colorOf = (css: string) =>
    css.replaceAll(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim());
  const pen: Pen = { ctx, colorOf, font: getComputedStyle(document.body).fontFamily };
  const { width, edge, top, axis, plot, times, line } = PICTURE;

  ctx.font = `13px ${pen.font}`;
  const legend = wrapped(
    chart.shown.map(({ name }) => SWATCH + ctx.measureText(name).width),
    width - 2 * edge,
    GAP,
  );
  const below = top + plot + times;
  canvas.width = width * SHARPNESS;
  canvas.height = (below + (legend.lines + (chart.earlier === null ? 0 : 1)) * line + edge) * SHARPNESS;
  ctx.scale(SHARPNESS, SHARPNESS);
  ctx.fillStyle = colorOf('var(--panel)');
  ctx.fillRect(0, 0, canvas.width, canvas.height);

  const { from, to } = chart.answer;
  const range = `${formatAbsolute(from, zone)} – ${formatAbsolute(to, zone)}`;
  write(pen, titleOf(chart), edge, 34, { size: 18, weight: 600, color: 'var(--text)' });
  write(pen, `${chart.kind.unit} · ${range}`, edge, 56, {});
  drawPlot(pen, chart, zone, { left: edge + axis, top, width: width - 2 * edge - axis, height: plot });
  drawLegend(pen, chart, legend.places, below + line / 2);
  if (chart.earlier !== null)
    write(
      pen,
      `Paler lines: the same time ${chart.earlier.word}.`,
      edge,
      below + (legend.lines + 0.7) * line,
      {},
    );

  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) =>
      blob === null ? reject(new Error('The picture could not be made.')) : resolve(blob),
    ),
  );
}

function drawPlot(pen: Pen, chart: ExportedChart, zone: Zone, { left, top, width, height }: Box): void {
  const { ctx } = pen;
  const { kind, shown, answer, styles } = chart;
  const before = beforeOf(chart);
  const { limit, ticks, top: highest } = valueAxis(kind, shown, before);
  const start = Math.min(answer.from, answer.times[0] ?? answer.from);
  const span = Math.max(1, answer.to - start);
  const x = (at: number) => left + ((at - start) / span) * width;
  const y = (value: number) => top + (1 - value / highest) * height;
  for (const tick of ticks) {
    stroke(pen, `M${left},${y(tick)}h${width}`, tick === 0 ? 'var(--line-strong)' : 'var(--line)', {
      width: 1,
    });
    write(pen, kind.format(tick), left - 8, y(tick) + 4, { align: 'right' });
  }
  for (const at of timeTicks(start, answer.to, zone, 8))
    write(pen, timeTickLabel(at, span, zone), x(at), top + height + 18, { align: 'center' });
  if (limit !== null) {
    stroke(pen, `M${left},${y(limit)}h${width}`, 'var(--tone-neutral)', { width: 1, dash: '4 3' });
    write(pen, 'limit', left + width, y(limit) + (limit === highest ? 16 : -6), { align: 'right' });
  }
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top - 1, width, height + 2);
  ctx.clip();
  const xs = answer.times.map(x);
  for (const [series, alpha] of [
    [before, 0.4],
    [shown, 1],
  ] as const)
    for (const { id, values } of series) {
      const { color, dash } = styles.get(id) ?? NO_LINE;
      stroke(pen, linePath(xs, values[kind.measure] ?? [], y), color, { width: 1.5, dash, alpha });
    }
  ctx.restore();
}

function drawLegend(
  pen: Pen,
  { shown, styles }: ExportedChart,
  places: readonly { x: number; y: number }[],
  top: number,
): void {
  for (const [index, { id, name }] of shown.entries()) {
    const { x, y } = places[index] ?? { x: 0, y: 0 };
    const { color, dash } = styles.get(id) ?? NO_LINE;
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
