import type { TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { memo } from 'react';
import { Line, useXAxisScale, useYAxisScale, YAxis } from 'recharts';

import { linePath } from '../../../../lib/line-path.ts';
import { formatAbsolute, useZone } from '../../../../lib/time.ts';
import type { MarkGroup } from '../../marks/rules.ts';
import { PLOT, WIDE_PLOT } from '../plot.rules.ts';
import type { MeasureLine, Several } from '../several.rules.ts';
import { axisTick, ChartFrame } from './ChartFrame.tsx';
import { SeriesSwatch } from './SeriesSwatch.tsx';

type SeveralChartProps = {
  several: Several;
  answer: TelemetryResponse;
  height: number;
  group: string;
  groups: readonly MarkGroup[];
  onZoom?: ((from: number, to: number) => void) | undefined;
};

const RIGHT = 'right';

/** Several measures of one thing, each on its axis. */
export const SeveralChart = memo(function SeveralChart({ several, ...frame }: SeveralChartProps) {
  const { left, right, lines } = several;
  const look = { tick: axisTick, tickLine: false, axisLine: false, width: PLOT.left };
  return (
    <ChartFrame
      {...frame}
      plot={right === null ? PLOT : WIDE_PLOT}
      renderTooltip={(isShown) => (
        <SeveralTooltip lines={lines} times={frame.answer.times} isShown={isShown} />
      )}
    >
      <YAxis {...look} domain={[0, left.top]} ticks={left.ticks} tickFormatter={left.format} />
      {right !== null && (
        <YAxis
          {...look}
          yAxisId={RIGHT}
          orientation="right"
          domain={[0, right.top]}
          ticks={right.ticks}
          tickFormatter={right.format}
        />
      )}
      {right !== null && (
        <Line
          yAxisId={RIGHT}
          dataKey="anchor"
          stroke="none"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      )}
      {lines.map((line) => (
        <MeasurePath key={line.kind.measure} line={line} times={frame.answer.times} />
      ))}
    </ChartFrame>
  );
});

function MeasurePath({ line, times }: { line: MeasureLine; times: number[] }) {
  const xScale = useXAxisScale();
  const yScale = useYAxisScale(line.side === 'right' ? RIGHT : 0);
  if (xScale === undefined || yScale === undefined) return null;
  return (
    <path
      data-measure={line.kind.measure}
      d={linePath(
        times.map((time) => xScale(time) ?? 0),
        line.drawn,
        (value) => yScale(value) ?? 0,
      )}
      fill="none"
      stroke={line.style.color}
      strokeDasharray={line.style.dash}
      strokeWidth={1.5}
      strokeLinejoin="round"
      strokeLinecap="round"
    />
  );
}

type SeveralTooltipProps = {
  lines: readonly MeasureLine[];
  times: number[];
  isShown: boolean;
  /** From recharts: the time under the crosshair. */
  label?: string | number;
  active?: boolean;
};

function SeveralTooltip({ lines, times, isShown, label, active }: SeveralTooltipProps) {
  const zone = useZone();
  const index = times.indexOf(Number(label));
  if (!isShown || active !== true || index === -1) return null;
  return (
    <div className="rounded-md border border-line bg-panel px-2 py-1.5 text-xs shadow-pop">
      <p className="text-muted">{formatAbsolute(Number(label), zone)}</p>
      {lines.map(({ kind, values, style }) => {
        const value = values[index] ?? null;
        return (
          <p key={kind.measure} className="flex items-center gap-2">
            <SeriesSwatch style={style} />
            <span className="flex-1">{kind.title}</span>
            <span className="font-medium">{value === null ? 'no sample' : kind.format(value)}</span>
          </p>
        );
      })}
    </div>
  );
}
