import type { ReactNode } from 'react';

import { cx } from '../../lib/class-names.ts';
import { timeTickLabel, timeTicks } from '../../lib/time-ticks.ts';
import { useZone } from '../../lib/time.ts';

/** Units of the drawing, which is stretched to its room. */
const WIDTH = 1000;
const HEIGHT = 100;
/** Per cent of the width: labels nearer to an end would stand out of the chart. */
const LABEL_ROOM = 4;

export type Scales = { x: (at: number) => number; y: (value: number) => number };

type ChartFrameProps = {
  /** Epoch milliseconds. */
  from: number;
  to: number;
  /** Marks of the value axis, from 0 to the highest. */
  ticks: readonly number[];
  format: (value: number) => string;
  /** Pixels, without the time axis. */
  height: number;
  /** For screen readers. */
  label: string;
  /** Of the time axis, at most. */
  timeLabels?: number;
  /** Class of the value axis' width. */
  axisClass?: string;
  /** SVG whose strokes have `vectorEffect="non-scaling-stroke"`. */
  children: (scales: Scales) => ReactNode;
};

/** A small chart's axes: values on the left, times below, a line at each. */
export function ChartFrame(props: ChartFrameProps) {
  const { from, to, ticks, format, height, label, timeLabels = 4, axisClass = 'w-16', children } = props;
  const zone = useZone();
  const top = ticks.at(-1) ?? 1;
  const share = (at: number) => (at - from) / Math.max(1, to - from);
  const x = (at: number) => share(at) * WIDTH;
  const y = (value: number) => (1 - value / top) * HEIGHT;
  const times = timeTicks(from, to, zone, timeLabels);
  return (
    <div className="min-w-0 pt-1.5">
      <div className="flex gap-2" style={{ height }}>
        <div aria-hidden className={cx('relative shrink-0 text-right text-xs text-muted', axisClass)}>
          {ticks.map((tick) => (
            <span
              key={tick}
              className="absolute right-0 -translate-y-1/2 leading-none whitespace-nowrap"
              style={{ top: `${y(tick)}%` }}
            >
              {format(tick)}
            </span>
          ))}
        </div>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={label}
          className="h-full min-w-0 flex-1 overflow-visible"
        >
          {ticks.map((tick) => (
            <path
              key={tick}
              d={`M0,${y(tick)}H${WIDTH}`}
              stroke={tick === 0 ? 'var(--line-strong)' : 'var(--line)'}
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {times.map((at) => (
            <path
              key={at}
              d={`M${x(at)},0V${HEIGHT}`}
              stroke="var(--line)"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {children({ x, y })}
        </svg>
      </div>
      <div aria-hidden className="flex gap-2 text-xs text-muted">
        <span className={cx('shrink-0', axisClass)} />
        <div className="relative mt-0.5 h-4 min-w-0 flex-1 leading-4">
          {times
            .filter((at) => Math.abs(share(at) * 100 - 50) <= 50 - LABEL_ROOM)
            .map((at) => (
              <span
                key={at}
                className="absolute -translate-x-1/2 whitespace-nowrap"
                style={{ left: `${share(at) * 100}%` }}
              >
                {timeTickLabel(at, to - from, zone)}
              </span>
            ))}
        </div>
      </div>
    </div>
  );
}
