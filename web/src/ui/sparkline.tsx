type SparklineProps = {
  /** One value a point, null for a gap. */
  values: readonly (number | null)[];
  /** Read out by screen readers. */
  label: string;
  width?: number;
  height?: number;
  /** CSS colour of the line. */
  color?: string;
  /** The scale's upper end; the highest value where not given. */
  max?: number | undefined;
};

/** The SVG path of a series: null breaks the line, a value alone becomes a dot. */
export function sparklinePath(
  values: readonly (number | null)[],
  width: number,
  height: number,
  max: number,
): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const scale = max > 0 ? height / max : 0;
  let path = '';
  let open = false;
  values.forEach((value, index) => {
    if (value === null || !Number.isFinite(value)) {
      open = false;
      return;
    }
    const x = (index * step).toFixed(1);
    const y = (height - Math.min(value, max) * scale).toFixed(1);
    path += open ? `L${x} ${y}` : `M${x} ${y}h.01`;
    open = true;
  });
  return path;
}

/** A small line without axes; its scale starts at zero. */
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
