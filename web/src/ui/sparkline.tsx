import { linePath } from '../lib/line-path.ts';

type SparklineProps = {
  /** Null for a gap. */
  values: readonly (number | null)[];
  /** For screen readers. */
  label: string;
  width?: number;
  height?: number;
  /** CSS colour of the line. */
  color?: string;
  /** The highest value by default. */
  max?: number | undefined;
};

export function sparklinePath(
  values: readonly (number | null)[],
  width: number,
  height: number,
  max: number,
): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const scale = max > 0 ? height / max : 0;
  return linePath(
    values.map((_, index) => index * step),
    values,
    (value) => height - Math.min(value, max) * scale,
  );
}

/** Its scale starts at zero. */
export function Sparkline({
  values,
  label,
  width = 120,
  height = 28,
  color = 'var(--series-1)',
  max,
}: SparklineProps) {
  const top = max ?? values.reduce<number>((highest, value) => Math.max(highest, value ?? 0), 0);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`-1 -2 ${width + 2} ${height + 4}`}
      preserveAspectRatio="none"
      className="block h-full w-full"
    >
      <path
        d={`M0 ${height}H${width}`}
        stroke="var(--line)"
        strokeWidth={1}
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={sparklinePath(values, width, height, top)}
        fill="none"
        stroke={color}
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
