import { useState } from 'react';
import type { KeyboardEvent } from 'react';

import type { MarkGroup } from '../rules.ts';
import { MarkHandle } from './MarkHandle.tsx';

type MarkLaneProps = {
  groups: readonly MarkGroup[];
  /** Of the time axis, epoch milliseconds. */
  from: number;
  to: number;
  /** Where the chart's plot is within the lane's parent, pixels from each edge. */
  plot: { left: number; right: number; top: number; bottom: number };
};

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

/** Over a chart, what happened: a line and a handle each. One tab stop; the arrows go from one to the next. */
export function MarkLane({ groups, from, to, plot }: MarkLaneProps) {
  const [active, setActive] = useState(0);
  if (groups.length === 0) return null;
  const stop = Math.min(active, groups.length - 1);
  const step = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const handles = event.currentTarget.querySelectorAll<HTMLElement>('[data-handle]');
    handles[Math.max(0, Math.min(handles.length - 1, stop + by))]?.focus();
  };
  return (
    <div
      role="toolbar"
      aria-label="Events on the chart"
      tabIndex={-1}
      onKeyDown={step}
      className="pointer-events-none absolute"
      style={plot}
    >
      {groups.map((group, index) => (
        <div
          key={group.at}
          className="absolute inset-y-0"
          style={{ left: `${(100 * (group.at - from)) / (to - from)}%` }}
        >
          <span
            aria-hidden
            className="absolute inset-y-0 border-l border-dashed"
            style={{ borderColor: `var(--tone-${group.looks.tone})` }}
          />
          <MarkHandle group={group} tabIndex={index === stop ? 0 : -1} onFocus={() => setActive(index)} />
        </div>
      ))}
    </div>
  );
}
