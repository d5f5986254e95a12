import { memo } from 'react';
import { useXAxisScale, useYAxisScale } from 'recharts';

import { bandPath } from '../band.rules.ts';
import type { Band } from '../band.rules.ts';

type SeriesBandProps = { band: Band; times: number[]; color: string };

/** Behind a line of means, from the lowest to the highest of each point: a peak is seen however wide its point is. */
export const SeriesBand = memo(function SeriesBand({ band, times, color }: SeriesBandProps) {
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  if (xScale === undefined || yScale === undefined) return null;
  const xs = times.map((time) => xScale(time) ?? 0);
  return (
    <path
      data-band
      d={bandPath(xs, band, (value) => yScale(value) ?? 0)}
      fill={color}
      fillOpacity={0.18}
      stroke={color}
      strokeOpacity={0.35}
      strokeWidth={0.5}
    />
  );
});
