import type { RobotUse } from '@cyclorama/shared/robot-fleet.ts';
import { Link } from '@tanstack/react-router';

import { cx } from '../../../../lib/class-names.ts';
import type { Edges } from '../../../../lib/time-range.ts';
import { timeTickLabel, timeTicks } from '../../../../lib/time-ticks.ts';
import { formatAbsolute, useZone } from '../../../../lib/time.ts';
import { seriesColor } from '../../../../ui/series-colors.ts';
import { peopleOf } from '../timeline.rules.ts';
import type { Bar, Lane } from '../timeline.rules.ts';

const TICKS = 6;
const NAME_WIDTH = 'w-44 max-sm:w-full';

type Props = { lanes: Lane[]; uses: readonly RobotUse[]; edges: Edges; now: number };

/** For the eye and the mouse; the table below has the same for everybody. */
export function TimelineChart({ lanes, uses, edges, now }: Props) {
  const zone = useZone();
  const people = peopleOf(uses);
  const place = (at: number) => `${(100 * (at - edges.from)) / (edges.to - edges.from)}%`;
  const ticks = timeTicks(edges.from, edges.to, zone, TICKS);
  return (
    <div className="flex flex-col gap-2">
      <Legend people={people} />
      <div aria-hidden className="flex flex-col gap-1.5">
        {lanes.map(({ key, name, deploymentId, bars }) => (
          <div key={key} className="flex items-center gap-x-3 max-sm:flex-col max-sm:items-stretch">
            <LaneName name={name} deploymentId={deploymentId} />
            <div className="relative h-5 min-w-0 flex-1 rounded-sm bg-sunken max-sm:flex-none">
              {ticks.map((at) => (
                <span
                  key={at}
                  className="absolute inset-y-0 border-l border-line"
                  style={{ left: place(at) }}
                />
              ))}
              {bars.map((bar) => (
                <TimelineBar key={bar.key} bar={bar} people={people} />
              ))}
              {now <= edges.to && (
                <span className="absolute -inset-y-0.5 border-l border-text" style={{ left: place(now) }} />
              )}
            </div>
          </div>
        ))}
        <div className="flex gap-x-3 text-xs text-muted">
          <span className={cx(NAME_WIDTH, 'shrink-0 max-sm:hidden')} />
          <div className="relative h-4 min-w-0 flex-1">
            {ticks.map((at) => (
              <span
                key={at}
                className="absolute -translate-x-1/2 whitespace-nowrap first:translate-x-0"
                style={{ left: place(at) }}
              >
                {timeTickLabel(at, edges.to - edges.from, zone)}
              </span>
            ))}
          </div>
        </div>
      </div>
      <p className="sr-only">
        From {formatAbsolute(edges.from, zone)} until{' '}
        {now <= edges.to ? 'now, and what is reserved' : formatAbsolute(edges.to, zone)}. The table below has
        the same.
      </p>
    </div>
  );
}

function LaneName({ name, deploymentId }: Pick<Lane, 'name' | 'deploymentId'>) {
  const className = cx(NAME_WIDTH, 'shrink-0 truncate text-xs');
  if (deploymentId === null) return <span className={className}>{name}</span>;
  return (
    <Link
      to="/robots/deployments/$deploymentId"
      params={{ deploymentId }}
      tabIndex={-1}
      title={name}
      className={cx(className, 'hover:underline')}
    >
      {name}
    </Link>
  );
}

const words = { held: 'held', queued: 'waiting', reserved: 'reserved', others: 'in use by others' } as const;

function TimelineBar({ bar: { kind, left, width, use }, people }: { bar: Bar; people: readonly string[] }) {
  const style = { left: `${left}%`, width: `${width}%` };
  if (use === null)
    return (
      <span title={words[kind]} style={style} className="absolute inset-y-1.5 rounded-sm bg-line-strong" />
    );
  const color = use.owner === null ? 'var(--muted)' : seriesColor(people.indexOf(use.owner));
  const fill =
    kind === 'held'
      ? { background: color }
      : kind === 'reserved'
        ? {
            background: `repeating-linear-gradient(135deg, ${color} 0 2px, transparent 2px 6px)`,
            borderColor: color,
          }
        : { borderColor: color };
  return (
    <Link
      to="/robots/bookings/$bookingId"
      params={{ bookingId: use.bookingId }}
      tabIndex={-1}
      title={`${use.owner ?? 'not booked here'}, ${words[kind]}`}
      style={{ ...style, ...fill }}
      className={cx(
        'absolute inset-y-0.5 rounded-sm',
        kind === 'reserved' && 'border bg-panel',
        kind === 'queued' && 'border border-dashed bg-panel',
      )}
    />
  );
}

function Legend({ people }: { people: readonly string[] }) {
  return (
    <ul aria-label="Colours" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {people.map((person, index) => (
        <li key={person} className="inline-flex items-center gap-1.5 text-text">
          <span aria-hidden className="size-2.5 rounded-sm" style={{ background: seriesColor(index) }} />
          {person}
        </li>
      ))}
      <li className="inline-flex items-center gap-1.5">
        <span aria-hidden className="h-1.5 w-2.5 rounded-sm bg-line-strong" />
        in use, by others where no one is named
      </li>
      <li className="inline-flex items-center gap-1.5">
        <span aria-hidden className="size-2.5 rounded-sm border border-dashed border-text" />
        waiting
      </li>
      <li className="inline-flex items-center gap-1.5">
        <span
          aria-hidden
          className="size-2.5 rounded-sm border border-text"
          style={{
            background: 'repeating-linear-gradient(135deg, currentColor 0 1px, transparent 1px 4px)',
          }}
        />
        reserved
      </li>
    </ul>
  );
}
