import { linePath } from '../../lib/line-path.ts';
import { valueTicks } from '../../lib/value-ticks.ts';
import { ChartFrame } from './chart-frame.tsx';

type UsageChartProps = {
  /** Start of each point, epoch milliseconds, evenly spaced. */
  times: readonly number[];
  values: readonly (number | null)[];
  format: (value: number) => string;
  base: 'decimal' | 'binary';
  height: number;
  label: string;
  color?: string;
  /** Highest of the scale, where several charts share one. */
  max?: number;
};

/** How much of something was used over time: one line, small, with both axes. */
export function UsageChart(props: UsageChartProps) {
  const { times, values, format, base, height, label, color = 'var(--series-1)' } = props;
  const [from = 0, second = from] = times;
  const to = (times.at(-1) ?? from) + (second - from);
  const most = props.max ?? values.reduce<number>((so, value) => Math.max(so, value ?? 0), 0);
  return (
    <ChartFrame
      from={from}
      to={to}
      ticks={valueTicks(most, base, 2)}
      format={format}
      height={height}
      label={label}
    >
      {({ x, y }) => (
        <path
          d={linePath(times.map(x), values, y)}
          fill="none"
          stroke={color}
          strokeWidth={1.5}
          strokeLinejoin="round"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </ChartFrame>
  );
}
