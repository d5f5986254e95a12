import { formatAbsolute, useZone } from '../../../../lib/time.ts';
import { formatDuration, plural } from '../../../../lib/units.ts';
import { Panel } from '../../../../ui/panel.tsx';
import { Ago } from '../../../../ui/time.tsx';
import { summarise } from '../rules.ts';
import type { PhaseRun, PhaseSummary } from '../rules.ts';

const HEIGHT = 96;
const MOST_BARS = 120;

type DurationChartProps = {
  title: string;
  meaning: string;
  /** Oldest first; the newest 120 are drawn, the text covers all. */
  runs: PhaseRun[];
};

const words = (seconds: number) => formatDuration(seconds * 1000);

export function DurationChart({ title, meaning, runs }: DurationChartProps) {
  const summary = summarise(runs);
  return (
    <Panel title={title} actions={<span className="text-xs text-muted">{meaning}</span>}>
      {summary === null ? (
        <p className="flex items-center justify-center text-muted" style={{ height: HEIGHT }}>
          No runs yet
        </p>
      ) : (
        <>
          <Bars title={title} runs={runs.slice(-MOST_BARS)} summary={summary} />
          <p className="mt-2">
            <span aria-hidden>— </span>Median <strong className="font-medium">{words(summary.median)}</strong>
            , <span aria-hidden>┄ </span>95th percentile{' '}
            <strong className="font-medium">{words(summary.p95)}</strong>, longest {words(summary.longest)}
            <span className="text-muted"> · {plural(summary.count, 'run')}</span>
          </p>
        </>
      )}
    </Panel>
  );
}

function Bars({ title, runs, summary }: { title: string; runs: PhaseRun[]; summary: PhaseSummary }) {
  const zone = useZone();
  const most = Math.max(...runs.map(({ seconds }) => seconds), 0.001);
  const y = (seconds: number) => HEIGHT - (Math.min(seconds, most) / most) * (HEIGHT - 4);
  const [oldest, newest] = [runs[0], runs.at(-1)];
  return (
    <>
      <div className="flex gap-2">
        <div
          aria-hidden
          className="flex w-18 shrink-0 flex-col justify-between text-right text-xs whitespace-nowrap text-muted"
          style={{ height: HEIGHT }}
        >
          <span>{words(most)}</span>
          <span>0 s</span>
        </div>
        <svg
          role="img"
          aria-label={`${title}: the last ${plural(runs.length, 'run')}, oldest first; median ${words(summary.median)}, 95th percentile ${words(summary.p95)}`}
          viewBox={`0 0 ${Math.max(runs.length, 20)} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="block min-w-0 flex-1 border-b border-line-strong"
          style={{ height: HEIGHT }}
        >
          {runs.map((run, index) => (
            <rect
              key={run.claimId}
              x={index + 0.1}
              width={0.8}
              y={Math.min(y(run.seconds), HEIGHT - 1)}
              height={Math.max(HEIGHT - y(run.seconds), 1)}
              className="fill-accent"
            >
              <title>{`${words(run.seconds)}, ${formatAbsolute(run.at, zone)}`}</title>
            </rect>
          ))}
          <Mark y={y(summary.median)} />
          <Mark y={y(summary.p95)} dashed />
        </svg>
      </div>
      <p aria-hidden className="flex justify-between gap-2 pl-20 text-xs text-muted">
        <span>{oldest !== undefined && <Ago at={oldest.at} />}</span>
        <span>{newest !== undefined && newest !== oldest && <Ago at={newest.at} />}</span>
      </p>
    </>
  );
}

function Mark({ y, dashed = false }: { y: number; dashed?: boolean }) {
  return (
    <line
      x1="0"
      x2="100%"
      y1={y}
      y2={y}
      className="stroke-text"
      strokeWidth="1"
      vectorEffect="non-scaling-stroke"
      {...(dashed ? { strokeDasharray: '4 3' } : {})}
    />
  );
}
