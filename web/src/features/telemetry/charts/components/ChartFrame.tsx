import type { TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { useMemo, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceArea, Tooltip, XAxis } from 'recharts';
import type { MouseHandlerDataParam } from 'recharts';

import { timeTickLabel, timeTicks } from '../../../../lib/time-ticks.ts';
import { useZone } from '../../../../lib/time.ts';
import { MarkLane } from '../../marks/components/MarkLane.tsx';
import type { MarkGroup } from '../../marks/rules.ts';
import { zoomed } from '../../rules.ts';
import { PLOT } from '../plot.rules.ts';
import type { Plot } from '../plot.rules.ts';

type ChartFrameProps = {
  answer: TelemetryResponse;
  height: number;
  /** Charts of one group share a crosshair. */
  group: string;
  groups: readonly MarkGroup[];
  plot: Plot;
  /** Called with the dragged range in epoch milliseconds; without it zooming is off. */
  onZoom?: ((from: number, to: number) => void) | undefined;
  /** Only the hovered chart shows it; the others show just the line. */
  renderTooltip: (isShown: boolean) => ReactElement;
  /** The value axis and what is drawn. */
  children: ReactNode;
};

export const axisTick = { fill: 'var(--muted)', fontSize: 11 };

/** Time axis, crosshair, zooming and events. Hidden from screen readers: a table beside it has the same numbers. */
export function ChartFrame(props: ChartFrameProps) {
  const { answer, height, group, groups, plot, onZoom, renderTooltip, children } = props;
  const zone = useZone();
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const [isHovered, setHovered] = useState(false);
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
          margin={{ top: plot.top, right: PLOT.right, bottom: 0, left: 0 }}
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
            tick={axisTick}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            height={plot.bottom}
            minTickGap={16}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--muted)', strokeDasharray: '3 3' }}
            wrapperStyle={{ zIndex: 20, outline: 'none' }}
            content={renderTooltip(isHovered && drag === null)}
          />
          {/* Invisible: gives recharts its points in time. */}
          <Line dataKey="anchor" stroke="none" dot={false} activeDot={false} isAnimationActive={false} />
          {children}
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
      <MarkLane groups={groups} from={start} to={answer.to} plot={plot} />
    </div>
  );
}

function timeUnder(event: MouseHandlerDataParam): number | null {
  const at = Number(event.activeLabel);
  return event.activeLabel === undefined || Number.isNaN(at) ? null : at;
}
