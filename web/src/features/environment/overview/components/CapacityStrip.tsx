import type { Capacity } from '@cyclorama/shared/environment.ts';
import type { WellBeing } from '@cyclorama/shared/topology.ts';
import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../../api/query-view.tsx';
import { formatAbsolute, useZone } from '../../../../lib/time.ts';
import type { Zone } from '../../../../lib/time.ts';
import { plural } from '../../../../lib/units.ts';
import { Panel } from '../../../../ui/panel.tsx';
import { Absolute } from '../../../../ui/time.tsx';
import { bandsOf, hoursOf, offsetOf, ticksOf, totalOf } from '../capacity.rules.ts';
import { capacityQuery } from '../queries.ts';
import { CapacityMarks } from './CapacityMarks.tsx';

const DAY_MS = 86_400_000;
const HEIGHT = 64;
const TICK_HOURS = 4;

const FILL: Record<WellBeing, string> = {
  running: 'var(--success-line)',
  stopped: 'var(--line)',
  changing: 'var(--warning-line)',
  'not-ready': 'var(--tone-warning)',
  unhealthy: 'var(--danger-line)',
  failed: 'var(--tone-danger)',
};

/** A day of the instances by well-being, with what happened in it. */
export function CapacityStrip() {
  const query = useQuery(capacityQuery);
  return (
    <Panel title="Capacity, last 24 hours" actions={<Since data={query.data} />}>
      <div className="min-h-[148px]">
        <QueryView query={query} hidesAge loading={<output aria-label="Loading" />}>
          {(data) => <Content data={data} />}
        </QueryView>
      </div>
    </Panel>
  );
}

/** Cycle keeps no history. */
function Since({ data }: { data: Capacity | undefined }) {
  if (data === undefined) return null;
  const { recordedSince, from } = data;
  if (recordedSince === null) return <span className="text-xs text-muted">The first count is due</span>;
  if (Date.parse(recordedSince) <= from) return null;
  return (
    <span className="text-xs text-muted">
      Recorded since <Absolute at={recordedSince} />
    </span>
  );
}

function Content({ data }: { data: Capacity }) {
  const zone = useZone();
  const { from, stepMs, buckets } = data;
  const most = buckets.reduce((so, bucket) => Math.max(so, totalOf(bucket)), 0);
  const columns = DAY_MS / stepMs;
  const ticks = ticksOf(from, from + DAY_MS, TICK_HOURS, offsetOf(from, zone));
  return (
    <figure className="relative">
      <div aria-hidden className="flex gap-2">
        <div className="flex w-20 shrink-0 flex-col items-end justify-between text-xs leading-none text-muted">
          <span>{plural(most, 'instance')}</span>
          <span>0</span>
        </div>
        <svg
          viewBox={`0 0 ${columns} 1`}
          preserveAspectRatio="none"
          height={HEIGHT}
          className="w-full min-w-0 flex-1 border-b border-line bg-sunken"
        >
          {buckets.map(
            (bucket, index) =>
              bucket !== null &&
              bandsOf(bucket, most).map((band) => (
                <rect
                  key={`${index} ${band.state}`}
                  x={index}
                  width={1.02}
                  y={1 - band.to}
                  height={band.to - band.from}
                  fill={FILL[band.state]}
                />
              )),
          )}
        </svg>
      </div>
      <CapacityMarks data={data} zone={zone} />
      <div aria-hidden className="relative mt-1 ml-[88px] h-4 text-xs text-muted">
        {ticks.map((at) => (
          <span
            key={at}
            className="absolute -translate-x-1/2 whitespace-nowrap"
            style={{ left: `${((at - from) / DAY_MS) * 100}%` }}
          >
            {clockOf(at, zone)}
          </span>
        ))}
      </div>
      {/* A table alone would keep its width, and widen a phone’s page. */}
      <div className="sr-only">
        <CapacityTable data={data} zone={zone} />
      </div>
    </figure>
  );
}

/** "14:00". */
function clockOf(at: number, zone: Zone): string {
  return formatAbsolute(at, zone).slice(11, 16);
}

function CapacityTable({ data, zone }: { data: Capacity; zone: Zone }) {
  return (
    <table>
      <caption>Capacity by the hour, the fewest running in each</caption>
      <thead>
        <tr>
          {['From', 'Running', 'All', 'Deployments', 'Failures', 'Recoveries'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hoursOf(data).map(({ at, counts, deployments, failures, recoveries }) => (
          <tr key={at}>
            <th scope="row">{formatAbsolute(at, zone)}</th>
            <td>{counts === null ? 'not recorded' : (counts.running ?? 0)}</td>
            <td>{counts === null ? 'not recorded' : totalOf(counts)}</td>
            <td>{deployments}</td>
            <td>{failures}</td>
            <td>{recoveries}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
