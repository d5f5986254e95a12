import { niceTicks } from './bar-chart.ticks.ts';

type Bar = { name: string; value: number };
type BarChartProps = {
  title: string;
  bars: readonly Bar[];
  /** Beside each bar, and on the axis, whose numbers stand close. */
  format: (value: number) => string;
  formatTick?: (value: number) => string;
};

/** One bar a line, on one axis from zero. The numbers are text, so that nobody has to measure a bar. */
export function BarChart({ title, bars, format, formatTick = format }: BarChartProps) {
  const ticks = niceTicks(Math.max(0, ...bars.map(({ value }) => value)));
  const most = ticks.at(-1) ?? 1;
  const at = (value: number) => `${(100 * value) / most}%`;
  return (
    <figure className="m-0 min-w-0">
      <figcaption className="mb-1 font-medium">{title}</figcaption>
      {bars.length === 0 ? (
        <p className="text-muted">It holds none.</p>
      ) : (
        <>
          <ul aria-label={title}>
            {bars.map(({ name, value }) => (
              <li
                key={name}
                className="grid min-h-6 grid-cols-[minmax(0,8rem)_minmax(0,1fr)_4.5rem] items-center gap-2"
              >
                <span className="truncate text-muted" title={name}>
                  {name}
                </span>
                <svg aria-hidden width="100%" height="18">
                  {ticks.map((tick) => (
                    <line key={tick} x1={at(tick)} x2={at(tick)} y1="0" y2="18" className="stroke-line" />
                  ))}
                  <rect x="0" y="3" height="12" rx="2" width={at(value)} className="fill-accent" />
                </svg>
                <span className="text-right tabular-nums">{format(value)}</span>
              </li>
            ))}
          </ul>
          <div
            aria-hidden
            className="grid grid-cols-[minmax(0,8rem)_minmax(0,1fr)_4.5rem] gap-2 text-xs text-muted"
          >
            <span />
            <svg width="100%" height="16" overflow="visible">
              <line x1="0" x2="100%" y1="0.5" y2="0.5" className="stroke-line-strong" />
              {ticks.map((tick) => (
                <text
                  key={tick}
                  x={at(tick)}
                  y="13"
                  textAnchor={tick === 0 ? 'start' : tick === most ? 'end' : 'middle'}
                  className="fill-muted"
                >
                  {formatTick(tick)}
                </text>
              ))}
            </svg>
            <span />
          </div>
        </>
      )}
    </figure>
  );
}
