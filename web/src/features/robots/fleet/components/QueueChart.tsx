import { formatAbsolute, useZone } from '../../../../lib/time.ts';
import { formatDuration } from '../../../../lib/units.ts';
import { ChartFrame } from '../../../../ui/charts/chart-frame.tsx';
import { queueText } from '../../rules.ts';
import { freeShare, queueSpans, stepPath, valueMarks } from '../queue-chart.rules.ts';
import type { QueueHistory } from '../queue-chart.rules.ts';

const HEIGHT_PX = 112;
const LISTED_AT_MOST = 50;

export function QueueChart({ history, now }: { history: QueueHistory; now: number }) {
  const [first] = history.times;
  const zone = useZone();
  if (first === undefined) {
    return <p className="py-6 text-center text-muted">Nothing recorded yet.</p>;
  }
  const most = Math.max(1, ...history.lengths.map((length) => length ?? 0));
  const share = freeShare(history, now);
  const summary =
    share === null
      ? 'Never read.'
      : `Free ${Math.round(share * 100)} % of the recorded time, longest queue ${most}.`;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-muted">{summary}</p>
      <ChartFrame
        from={first}
        to={Math.max(now, first + 1)}
        ticks={valueMarks(most)}
        format={String}
        height={HEIGHT_PX}
        label={`Queue length since ${formatAbsolute(first, zone)}. ${summary}`}
        timeLabels={6}
        axisClass="w-6"
      >
        {({ x, y }) => (
          <path
            d={stepPath(history, { x, y, until: now })}
            fill="none"
            stroke="var(--series-1)"
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </ChartFrame>
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
