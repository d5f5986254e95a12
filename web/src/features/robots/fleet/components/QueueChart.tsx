import { useId } from 'react';

import { formatAbsolute, useZone } from '../../../../lib/time.ts';
import { formatDuration } from '../../../../lib/units.ts';
import { queueText } from '../../rules.ts';
import { freeShare, queueSpans, stepPath, valueMarks } from '../queue-chart.rules.ts';
import type { QueueHistory } from '../queue-chart.rules.ts';

// Units of the drawing, which is stretched to its container.
const WIDTH = 1000;
const HEIGHT = 120;
const MARGIN = 2;
const LISTED_AT_MOST = 50;

export function QueueChart({ history, now }: { history: QueueHistory; now: number }) {
  const [first] = history.times;
  const zone = useZone();
  const titleId = useId();
  if (first === undefined) {
    return <p className="py-6 text-center text-muted">Nothing recorded yet.</p>;
  }
  const most = Math.max(1, ...history.lengths.map((length) => length ?? 0));
  const span = Math.max(1, now - first);
  const x = (at: number) => ((at - first) / span) * WIDTH;
  const y = (length: number) => MARGIN + (1 - length / most) * (HEIGHT - 2 * MARGIN);
  const share = freeShare(history, now);
  const summary =
    share === null
      ? 'Never read.'
      : `Free ${Math.round(share * 100)} % of the recorded time, longest queue ${most}.`;
  const marks = valueMarks(most);
  return (
    <div className="flex flex-col gap-2">
      <p className="text-muted">{summary}</p>
      <div className="flex h-32 gap-2">
        <div aria-hidden className="relative w-5 text-right text-xs text-muted">
          {marks.map((mark) => (
            <span
              key={mark}
              className="absolute right-0 -translate-y-1/2"
              style={{ top: `${(y(mark) / HEIGHT) * 100}%` }}
            >
              {mark}
            </span>
          ))}
        </div>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-labelledby={titleId}
          className="h-full min-w-0 flex-1"
        >
          <title id={titleId}>{`Queue length since ${formatAbsolute(first, zone)}. ${summary}`}</title>
          {marks.map((mark) => (
            <path
              key={mark}
              d={`M0,${y(mark)}H${WIDTH}`}
              stroke="var(--line)"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          <path
            d={stepPath(history, { x, y, until: now })}
            fill="none"
            stroke="var(--series-1)"
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      </div>
      <div className="flex justify-between pl-7 text-xs text-muted">
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
      <summary className="cursor-pointer text-xs text-accent-text">Show as table</summary>
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
          {spans.slice(0, LISTED_AT_MOST).map(({ from, to, length }) => (
            <tr key={from} className="border-t border-line">
              <td className="py-1">{formatAbsolute(from, zone)}</td>
              <td>{formatDuration(to - from)}</td>
              <td>{length === null ? 'not read' : `${length} (${queueText(length)})`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {spans.length > LISTED_AT_MOST && (
        <p className="text-xs text-muted">
          Newest {LISTED_AT_MOST} of {spans.length.toLocaleString('en')} changes.
        </p>
      )}
    </details>
  );
}
