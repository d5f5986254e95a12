import type { Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { memo } from 'react';
import { ReferenceLine, YAxis } from 'recharts';

import type { Earlier } from '../../earlier.rules.ts';
import type { MarkGroup } from '../../marks/rules.ts';
import { bandOf } from '../band.rules.ts';
import type { ChartKind } from '../measures.rules.ts';
import { PLOT, valueAxis } from '../plot.rules.ts';
import type { SeriesStyle } from '../series-style.rules.ts';
import { axisTick, ChartFrame } from './ChartFrame.tsx';
import { ChartTooltip } from './ChartTooltip.tsx';
import { SeriesBand } from './SeriesBand.tsx';
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

/** Gaps stay open, the scale starts at zero, nothing animates. */
export const SeriesChart = memo(function SeriesChart(props: SeriesChartProps) {
  const { kind, answer, shown, styles, height, group, groups, earlier, onZoom } = props;
  const drawn = new Set(shown.map(({ id }) => id));
  const before = (earlier?.series ?? []).filter(({ id }) => drawn.has(id));
  const { limit, ticks, top } = valueAxis(kind, shown, before);
  const band = bandOf(shown, kind.measure);
  return (
    <ChartFrame
      answer={answer}
      height={height}
      group={group}
      groups={groups}
      plot={PLOT}
      onZoom={onZoom}
      renderTooltip={(isShown) => (
        <ChartTooltip
          kind={kind}
          series={shown}
          styles={styles}
          answer={answer}
          earlier={earlier}
          isShown={isShown}
        />
      )}
    >
      <YAxis
        domain={[0, top]}
        ticks={ticks}
        tickFormatter={kind.format}
        tick={axisTick}
        tickLine={false}
        axisLine={false}
        width={PLOT.left}
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
      {band !== null && (
        <SeriesBand
          band={band}
          times={answer.times}
          color={styles.get(shown[0]?.id ?? '')?.color ?? 'var(--series-1)'}
        />
      )}
      <SeriesLines measure={kind.measure} times={answer.times} shown={before} styles={styles} isPale />
      <SeriesLines measure={kind.measure} times={answer.times} shown={shown} styles={styles} />
    </ChartFrame>
  );
});
