import 'uplot/dist/uPlot.min.css';
import { memo, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import UPlot from 'uplot';

import { useTheme } from '../../../../lib/theme.ts';
import { timeTickLabel, timeTicks } from '../../../../lib/time-ticks.ts';
import { useZone } from '../../../../lib/time.ts';
import { MarkLane } from '../../marks/components/MarkLane.tsx';
import { zoomed } from '../../rules.ts';
import { PLOT, valueAxis } from '../plot.rules.ts';
import { thinned } from '../thin.rules.ts';
import { ChartTooltip } from './ChartTooltip.tsx';
import type { SeriesChartProps } from './SeriesChart.tsx';

const TICKS = 6;
const NO_LINE = { color: 'var(--series-1)', dash: undefined };
type Pointed = { at: number; left: number; top: number };

/**
 * The same as `SeriesChart`, on a canvas, for what would be too much in SVG. Thinned so that peaks stay; the tooltip
 * tells the values as they came. Lines are hairlines and solid: dashes and wider ones take twenty times as long to
 * paint, so those dashed elsewhere are paler here.
 */
export const DenseChart = memo(function DenseChart(props: SeriesChartProps) {
  const { kind, answer, shown, styles, height, group, groups, earlier, onZoom } = props;
  const zone = useZone();
  const theme = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);

  const ids = shown.map(({ id }) => id).join();
  const before = useMemo(
    () => (earlier?.series ?? []).filter(({ id }) => shown.some((one) => one.id === id)),
    [earlier, shown],
  );
  const beforeIds = before.map(({ id }) => id).join();
  const look = shown.map(({ id }) => Object.values(styles.get(id) ?? NO_LINE).join(' ')).join();
  const canZoom = onZoom !== undefined;
  const { limit, ticks, top } = valueAxis(kind, shown, before);
  const start = Math.min(answer.from, answer.times[0] ?? answer.from);
  const lines = useMemo(() => {
    const columns = [...before, ...shown].map(({ values }) => values[kind.measure] ?? []);
    const { times, values } = thinned({ times: answer.times, values: columns });
    return [times, ...values] as UPlot.AlignedData;
  }, [answer.times, before, shown, kind.measure]);

  const axes = useEffectEvent(() => ({ start, to: answer.to, ticks, top, limit, zone }));
  const zoom = useEffectEvent((from: number, to: number) => {
    const stretch = zoomed(from, to, answer.stepMs);
    if (stretch !== null) onZoom?.(stretch.from, stretch.to);
  });
  const seriesOf = useEffectEvent((colorOf: (css: string) => string): UPlot.Series[] =>
    [...before, ...shown].map(({ id, name }, index) => {
      const { color, dash } = styles.get(id) ?? NO_LINE;
      return {
        label: name,
        stroke: () => colorOf(color),
        alpha: index < before.length ? 0.3 : dash === undefined ? 1 : 0.6,
        width: 1,
        points: { show: true, size: 3, filter: aloneIn },
      };
    }),
  );
  const firstLines = useEffectEvent(() => lines);

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const colorOf = (css: string) => resolved(element, css);
    const axis = { stroke: () => colorOf('var(--muted)'), font: fontOf(element), ticks: { show: false } };
    const made = new UPlot(
      {
        width: element.clientWidth,
        height,
        ms: 1,
        legend: { show: false },
        padding: [PLOT.top, PLOT.right, 0, 0],
        scales: {
          x: { time: true, range: () => [axes().start, axes().to] },
          y: { range: () => [0, axes().top] },
        },
        axes: [
          {
            ...axis,
            size: PLOT.bottom,
            gap: 6,
            grid: { show: false },
            border: { show: true, stroke: () => colorOf('var(--line-strong)'), width: 1 },
            splits: () => timeTicks(axes().start, axes().to, axes().zone, TICKS),
            values: (_, splits) =>
              splits.map((at) => timeTickLabel(at, axes().to - axes().start, axes().zone)),
          },
          {
            ...axis,
            size: PLOT.left,
            gap: 8,
            grid: { stroke: () => colorOf('var(--line)'), width: 1 },
            splits: () => axes().ticks,
            values: (_, splits) => splits.map(kind.format),
          },
        ],
        series: [{}, ...seriesOf(colorOf)],
        cursor: {
          y: false,
          points: { show: false },
          drag: { x: canZoom, y: false, setScale: false },
          sync: { key: group, setSeries: false },
        },
        hooks: {
          setSelect: [
            (self) => {
              const { left, width } = self.select;
              if (width === 0) return;
              zoom(self.posToVal(left, 'x'), self.posToVal(left + width, 'x'));
              self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            },
          ],
          setCursor: [
            (self) => {
              const { left = -1, top: y = 0, event } = self.cursor;
              // Charts that only follow the cursor of another have no mouse event of their own.
              const isOver = left >= 0 && event !== undefined && self.over.matches(':hover');
              setPointed(isOver ? { at: self.posToVal(left, 'x'), left, top: y } : null);
            },
          ],
          draw: [(self) => drawLimit(self, axes().limit, colorOf)],
        },
      },
      firstLines(),
      element,
    );
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    // Colours are read at each drawing, and the system's theme may change without `theme`.
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const recolour = () => made.redraw(false);
    system.addEventListener('change', recolour);
    return () => {
      system.removeEventListener('change', recolour);
      resized.disconnect();
      made.destroy();
      plot.current = null;
    };
    // What is drawn changes without making the chart anew: a drag outlasts new samples.
  }, [ids, beforeIds, look, kind, height, group, theme, canZoom]);

  useEffect(() => plot.current?.setData(lines), [lines, start, answer.to, top, zone]);

  const nearest = pointed === null ? null : nearestOf(answer.times, pointed.at);
  return (
    <div className="relative">
      <div
        ref={host}
        aria-hidden
        className="w-full select-none"
        style={{ height, cursor: canZoom ? 'crosshair' : undefined }}
      />
      <MarkLane groups={groups} from={start} to={answer.to} plot={PLOT} />
      {pointed !== null && nearest !== null && (
        <div
          aria-hidden
          className="pointer-events-none absolute z-20"
          style={placeOf(pointed, host.current?.clientWidth ?? 0)}
        >
          <ChartTooltip
            kind={kind}
            series={shown}
            styles={styles}
            answer={answer}
            earlier={earlier}
            isShown
            active
            label={nearest}
          />
        </div>
      )}
    </div>
  );
});

/** Beside the cursor, on the side that has room. */
function placeOf({ left, top }: Pointed, width: number) {
  const x = PLOT.left + left;
  const side = x > width / 2 ? { right: width - x + 12 } : { left: x + 12 };
  return { ...side, top: PLOT.top + top + 8 };
}

function nearestOf(times: readonly number[], at: number): number | null {
  let best: number | null = null;
  for (const time of times) if (best === null || Math.abs(time - at) < Math.abs(best - at)) best = time;
  return best;
}

/** A value between two gaps is a dot; uPlot would draw nothing. */
function aloneIn(self: UPlot, series: number, _show: boolean, gaps?: number[][] | null): number[] | null {
  if (gaps === null || gaps === undefined || gaps.length === 0) return [];
  const column = self.data[series] ?? [];
  const alone: number[] = [];
  for (let index = 0; index < column.length; index += 1)
    if (column[index] != null && column[index - 1] == null && column[index + 1] == null) alone.push(index);
  return alone;
}

function drawLimit(self: UPlot, limit: number | null, colorOf: (css: string) => string): void {
  if (limit === null) return;
  const { ctx, bbox } = self;
  const y = Math.round(self.valToPos(limit, 'y', true));
  ctx.save();
  ctx.strokeStyle = colorOf('var(--tone-neutral)');
  ctx.setLineDash([4 * UPlot.pxRatio, 3 * UPlot.pxRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** A canvas knows no custom properties. */
const resolved = (element: HTMLElement, css: string): string =>
  css.replaceAll(/var\((--[\w-]+)\)/g, (_, name: string) =>
    getComputedStyle(element).getPropertyValue(name).trim(),
  );

const fontOf = (element: HTMLElement): string => `11px ${getComputedStyle(element).fontFamily}`;
