import type { Measure, Series } from '@cyclorama/shared/telemetry.ts';
import { memo } from 'react';
import { useXAxisScale, useYAxisScale } from 'recharts';

import { linePath } from '../../../../lib/line-path.ts';
import type { SeriesStyle } from '../series-style.rules.ts';

type SeriesLinesProps = {
  measure: Measure;
  times: number[];
  shown: Series[];
  styles: Map<string, SeriesStyle>;
  /** Of an earlier time. */
  isPale?: boolean;
};

/**
 * One path per series instead of recharts' Line: twenty of those block the page for about 200 ms at every new sample.
 */
export const SeriesLines = memo(function SeriesLines(props: SeriesLinesProps) {
  const { measure, times, shown, styles, isPale = false } = props;
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  if (xScale === undefined || yScale === undefined) return null;
  const xs = times.map((time) => xScale(time) ?? 0);
  return (
    <g
      fill="none"
      strokeWidth={1.5}
      strokeOpacity={isPale ? 0.4 : 1}
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      {shown.map(({ id, values }) => (
        <path
          key={id}
          d={linePath(xs, values[measure] ?? [], (value) => yScale(value) ?? 0)}
          stroke={styles.get(id)?.color ?? 'var(--series-1)'}
          strokeDasharray={styles.get(id)?.dash}
        />
      ))}
    </g>
  );
});
