import type { Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { memo, useMemo, useState } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { MouseHandlerDataParam } from 'recharts';

import { timeTickLabel, timeTicks } from '../../../../lib/time-ticks.ts';
import { useZone } from '../../../../lib/time.ts';
import type { Earlier } from '../../earlier.rules.ts';
import { MarkLane } from '../../marks/components/MarkLane.tsx';
import type { MarkGroup } from '../../marks/rules.ts';
import { zoomed } from '../../rules.ts';
import type { ChartKind } from '../measures.rules.ts';
import { PLOT, valueAxis } from '../plot.rules.ts';
import type { SeriesStyle } from '../series-style.rules.ts';
import { ChartTooltip } from './ChartTooltip.tsx';
import { SeriesLines } from './SeriesLines.tsx';

export type SeriesChartProps = {
  kind: ChartKind;
  answer: TelemetryResponse;
  /** The series drawn, in order. */
  shown: Series[];
  styles: Map<string, SeriesStyle>;
  height: number;
  group: string;
  groups: readonly MarkGroup[];
  /** Drawn beneath, paler. */
  earlier: Earlier | null;
  /** Called with the dragged range in epoch milliseconds; without it zooming is off. */
  onZoom?: ((from: number, to: number) => void) | undefined;
};

const MARGIN = { top: PLOT.top, right: PLOT.right, bottom: 0, left: 0 };
const tick = { fill: 'var(--muted)', fontSize: 11 };

/**
 * Gaps stay open, the scale starts at zero, nothing animates. Hidden from screen readers: the table beside it has the
 * same numbers.
 */
export const SeriesChart = memo(function SeriesChart(props: SeriesChartProps) {
  const { kind, answer, shown, styles, height, group, groups, earlier, onZoom } = props;
  const zone = useZone();
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const [isHovered, setHovered] = useState(false);
  const drawn = new Set(shown.map(({ id }) => id));
  const before = (earlier?.series ?? []).filter(({ id }) => drawn.has(id));
  const { limit, ticks, top } = valueAxis(kind, shown, before);
  const span = answer.to - answer.from;
  // The first bucket may begin before the range does.
  const start = Math.min(answer.from, answer.times[0] ?? answer.from);
  const anchors = useMemo(() => answer.times.map((time) => ({ time, anchor: 0 })), [answer.times]);

  const finish = () => {
    const stretch = drag === null ? null : zoomed(drag.from, drag.to, answer.stepMs);
    if (stretch !== null) onZoom?.(stretch.from, stretch.to);
    setDrag(null);
  };
  return (
    <div className="relative">
      <div
        aria-hidden
        className="w-full select-none"
        style={{ height, cursor: onZoom === undefined ? undefined : 'crosshair' }}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
      >
        <LineChart
          responsive
          accessibilityLayer={false}
          data={anchors}
          syncId={group}
          syncMethod="value"
          style={{ width: '100%', height: '100%' }}
          margin={MARGIN}
          onMouseDown={(event) => {
            const at = onZoom === undefined ? null : timeUnder(event);
            if (at !== null) setDrag({ from: at, to: at });
          }}
          onMouseMove={(event) => {
            const at = drag === null ? null : timeUnder(event);
            if (drag !== null && at !== null && at !== drag.to) setDrag({ ...drag, to: at });
          }}
          onMouseUp={finish}
          onMouseLeave={() => setDrag(null)}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="time"
            type="number"
            domain={[start, answer.to]}
            allowDataOverflow
            ticks={timeTicks(answer.from, answer.to, zone, 6)}
            tickFormatter={(at: number) => timeTickLabel(at, span, zone)}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            height={PLOT.bottom}
            minTickGap={16}
          />
          <YAxis
            domain={[0, top]}
            ticks={ticks}
            tickFormatter={kind.format}
            tick={tick}
            tickLine={false}
            axisLine={false}
            width={PLOT.left}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--muted)', strokeDasharray: '3 3' }}
            wrapperStyle={{ zIndex: 20, outline: 'none' }}
            content={
              <ChartTooltip
                kind={kind}
                series={shown}
                styles={styles}
                answer={answer}
                earlier={earlier}
                isShown={isHovered && drag === null}
              />
            }
          />
          {limit !== null && (
            <ReferenceLine
              y={limit}
              stroke="var(--tone-neutral)"
              strokeDasharray="4 3"
              label={{
                value: 'limit',
                position: limit === top ? 'insideTopRight' : 'insideBottomRight',
                fill: 'var(--muted)',
                fontSize: 11,
              }}
            />
          )}
          {/* Invisible: gives recharts its points in time. SeriesLines draws what is seen. */}
          <Line dataKey="anchor" stroke="none" dot={false} activeDot={false} isAnimationActive={false} />
          <SeriesLines measure={kind.measure} times={answer.times} shown={before} styles={styles} isPale />
          <SeriesLines measure={kind.measure} times={answer.times} shown={shown} styles={styles} />
          {drag !== null && (
            <ReferenceArea
              x1={drag.from}
              x2={drag.to}
              fill="var(--accent)"
              fillOpacity={0.15}
              stroke="var(--accent-text)"
            />
          )}
        </LineChart>
      </div>
      <MarkLane groups={groups} from={start} to={answer.to} plot={PLOT} />
    </div>
  );
});

function timeUnder(event: MouseHandlerDataParam): number | null {
  const at = Number(event.activeLabel);
  return event.activeLabel === undefined || Number.isNaN(at) ? null : at;
}
