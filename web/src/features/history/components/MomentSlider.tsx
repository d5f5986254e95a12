import type { ObjectEvent } from '@cyclorama/shared/object-events.ts';
import { useEffect, useState } from 'react';

import { formatAbsolute, parseTime, useZone } from '../../../lib/time.ts';
import { gapsIn, MINUTE_MS } from '../rules.ts';
import type { Span } from '../rules.ts';

/** While it is dragged, so that not each minute passed is read. */
const SETTLE_MS = 150;

type MomentSliderProps = {
  at: number;
  from: number;
  to: number;
  spans: readonly Span[];
  marks: readonly ObjectEvent[];
  goTo: (at: number) => void;
};

/** Marks above the track are events, red where something failed; hatched is what was not recorded. */
export function MomentSlider({ at, from, to, spans, marks, goTo }: MomentSliderProps) {
  const zone = useZone();
  const [dragged, setDragged] = useState<number | null>(null);
  useEffect(() => {
    if (dragged === null) return undefined;
    const timer = setTimeout(() => {
      goTo(dragged);
      setDragged(null);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [dragged, goTo]);
  const value = dragged ?? at;
  const percent = (time: number): string =>
    `${(100 * Math.min(Math.max(time - from, 0), to - from)) / (to - from)}%`;
  return (
    <div className="flex items-center gap-3 text-xs text-muted">
      <span className="whitespace-nowrap max-sm:hidden">{formatAbsolute(from, zone)}</span>
      <span className="relative flex min-w-0 flex-1 flex-col">
        <span aria-hidden className="relative mx-2 h-2.5">
          {gapsIn(spans, from, to).map((gap) => (
            <span
              key={gap.from}
              className="absolute inset-y-0.5 rounded-sm bg-line-strong opacity-50"
              style={{ left: percent(gap.from), right: `calc(100% - ${percent(gap.until)})` }}
            />
          ))}
          {marks.map((mark) => (
            <span
              key={mark.id}
              className={`absolute inset-y-0 w-0.5 ${mark.outcome === 'failed' ? 'bg-danger' : 'bg-accent'}`}
              style={{ left: percent(parseTime(mark.time) ?? from) }}
            />
          ))}
        </span>
        <input
          type="range"
          aria-label="Minute"
          aria-valuetext={formatAbsolute(value, zone)}
          min={from}
          max={to}
          step={MINUTE_MS}
          value={value}
          onChange={(event) => setDragged(Number(event.target.value))}
          className="h-5 w-full accent-accent"
        />
      </span>
      <span className="max-sm:hidden">now</span>
    </div>
  );
}
