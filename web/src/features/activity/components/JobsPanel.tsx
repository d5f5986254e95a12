import type { Job } from '@cyclorama/shared/jobs.ts';
import { useQuery } from '@tanstack/react-query';

import { NotSetUp, useIsSetUp } from '../../../api/not-set-up.tsx';
import { QueryView } from '../../../api/query-view.tsx';
import { useCan } from '../../../api/session.ts';
import { formatPercent } from '../../../lib/units.ts';
import { Panel } from '../../../ui/panel.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { visualOf } from '../../../ui/state-visual.ts';
import { Ago } from '../../../ui/time.tsx';
import { jobsQuery } from '../queries.ts';

const SHOWN = 8;
/** On a phone beside the caption there is room for neither. */
const BELOW = 'max-sm:order-last max-sm:basis-full';

export function JobsPanel() {
  const isSetUp = useIsSetUp('platform');
  const isAdmin = useCan('admin');
  if (isSetUp === undefined) return <div data-loading hidden />;
  if (isSetUp) return <Jobs />;
  return isAdmin ? (
    <details className="text-muted">
      <summary className="cursor-pointer text-xs">Cycle jobs are not set up</summary>
      <NotSetUp name="platform" />
    </details>
  ) : null;
}

function Jobs() {
  const query = useQuery(jobsQuery);
  return (
    <Panel title="Cycle jobs" flush>
      <QueryView
        query={query}
        loading={
          <p data-loading className="p-3 text-muted">
            Loading jobs…
          </p>
        }
      >
        {({ jobs }) =>
          jobs.length === 0 ? (
            <p className="p-3 text-muted">No jobs.</p>
          ) : (
            <ul className="max-h-72 divide-y divide-line overflow-auto">
              {jobs.slice(0, SHOWN).map((job) => (
                <JobRow key={job.id} job={job} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Panel>
  );
}

function JobRow({ job }: { job: Job }) {
  const { caption, state, error, progress, queuedAt, startedAt, completedAt } = job;
  const isGoingOn = completedAt === null && ['filled', 'half'].includes(visualOf(state).shape);
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-3 px-3 py-1">
      <StateLabel state={state} />
      <span className="min-w-0 flex-1 truncate">{caption}</span>
      {error !== null && <span className={`text-danger-text ${BELOW}`}>{error}</span>}
      {progress !== null && isGoingOn && (
        <span className={`inline-flex items-center gap-2 ${BELOW}`}>
          <span aria-hidden className="h-1.5 w-20 overflow-hidden rounded-full bg-active">
            <span className="block h-full bg-accent" style={{ width: `${progress * 100}%` }} />
          </span>
          {formatPercent(progress * 100)}
        </span>
      )}
      <span className="w-20 text-right text-xs text-muted">
        <Ago at={completedAt ?? startedAt ?? queuedAt} />
      </span>
    </li>
  );
}
