import { useId } from 'react';

import { formatAbsolute, useZone } from '../../../lib/time.ts';
import { formatDuration } from '../../../lib/units.ts';
import { freeShare, queueSpans, stepPath } from '../queue-chart.rules.ts';
import type { QueueHistory } from '../queue-chart.rules.ts';
import { queueWords } from '../robots.rules.ts';

const width = 720;
const height = 160;
const left = 28;
const bottom = 20;
const top = 8;
const listedAtMost = 50;

/** A robot's queue length over time as steps; where nothing was read there is a gap. The same as a table beneath. */
export function QueueChart({ history, now }: { history: QueueHistory; now: number }) {
  const [first] = history.times;
  const zone = useZone();
  const titleId = useId();
  if (first === undefined) {
    return <p className="py-6 text-center text-muted">Nothing was recorded of this queue yet.</p>;
  }
  const most = Math.max(1, ...history.lengths.map((length) => length ?? 0));
  const span = Math.max(1, now - first);
  const x = (at: number) => left + ((at - first) / span) * (width - left - 4);
  const y = (length: number) => top + (1 - length / most) * (height - top - bottom);
  const share = freeShare(history, now);
  const summary =
    share === null
      ? 'The queue was never read.'
      : `Free ${Math.round(share * 100)} % of the recorded time, at most ${most} in line.`;
  const marks = most === 1 ? [0, 1] : [0, Math.round(most / 2), most];
  return (
    <div className="flex flex-col gap-2">
      <p className="text-muted">{summary}</p>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={titleId} className="h-40 w-full">
        <title id={titleId}>{`Queue length since ${formatAbsolute(first, zone)}. ${summary}`}</title>
        {[...new Set(marks)].map((mark) => (
          <g key={mark}>
            <line x1={left} x2={width - 4} y1={y(mark)} y2={y(mark)} stroke="var(--line)" />
            <text x={left - 6} y={y(mark) + 4} textAnchor="end" fontSize="11" fill="var(--muted)">
              {mark}
            </text>
          </g>
        ))}
        <path
          d={stepPath(history, { x, y, until: now })}
          fill="none"
          stroke="var(--series-1)"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <div className="flex justify-between text-xs text-muted">
        <span>{formatAbsolute(first, zone)}</span>
        <span>now</span>
      </div>
      <QueueTable history={history} now={now} />
    </div>
  );
}

function QueueTable({ history, now }: { history: QueueHistory; now: number }) {
  const zone = useZone();
  const spans = queueSpans(history, now);
  return (
    <details>
      <summary className="cursor-pointer text-xs text-accent-text">As a table</summary>
      <table aria-label="Queue length over time" className="mt-2 w-full text-left">
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="font-medium">
              From
            </th>
            <th scope="col" className="font-medium">
              For
            </th>
            <th scope="col" className="font-medium">
              Queue
            </th>
          </tr>
        </thead>
        <tbody>
          {spans.slice(0, listedAtMost).map(({ from, to, length }) => (
            <tr key={from} className="border-t border-line">
              <td className="py-1">{formatAbsolute(from, zone)}</td>
              <td>{formatDuration(to - from)}</td>
              <td>{length === null ? 'not read' : `${length} (${queueWords(length)})`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {spans.length > listedAtMost && (
        <p className="text-xs text-muted">
          The newest {listedAtMost} of {spans.length.toLocaleString('en')} changes.
        </p>
      )}
    </details>
  );
}
