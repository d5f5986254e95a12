import type { Job } from '@cyclorama/shared/jobs.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { NotSetUp, useIsSetUp } from '../../api/not-set-up.tsx';
import { QueryView } from '../../api/query-view.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import { JobItem } from './components/JobItem.tsx';
import { jobsQuery } from './queries.ts';
import { isGoingOn } from './rules.ts';

export function JobsPage() {
  const isSetUp = useIsSetUp('platform');
  return (
    <Page title="Jobs" subtitle={isSetUp === undefined ? null : subtitles[isSetUp ? 'api' : 'state']}>
      {isSetUp === undefined ? <LoadingState /> : isSetUp ? <Jobs /> : <ByState />}
    </Page>
  );
}

/** Which of the two ways it is. */
const subtitles = {
  api: 'Followed by Cycle’s public API: what Cycle works on in this hub, step by step.',
  state: 'Followed by the instances’ state: Cycle’s public API is not set up.',
};

function ByState() {
  return (
    <>
      <p>
        Starts, stops and restarts requested here are followed until the instance is in the state asked for:
        see{' '}
        <Link to="/activity" className="text-accent-text underline">
          Activity
        </Link>
        . Cycle’s own jobs, with their steps, need its public API.
      </p>
      <NotSetUp name="platform" />
    </>
  );
}

function Jobs() {
  const query = useQuery(jobsQuery);
  return (
    <QueryView query={query}>
      {({ jobs }) =>
        jobs.length === 0 ? (
          <EmptyState title="No jobs." hint="Cycle keeps one for each change it carries out." />
        ) : (
          <>
            <List title="Going on" jobs={jobs.filter(isGoingOn)} empty="Nothing is going on." />
            <List title="Ended" jobs={jobs.filter((job) => !isGoingOn(job))} empty="No job has ended yet." />
          </>
        )
      }
    </QueryView>
  );
}

function List({ title, jobs, empty }: { title: string; jobs: readonly Job[]; empty: string }) {
  return (
    <Panel title={`${title} (${jobs.length.toLocaleString('en')})`} flush>
      {jobs.length === 0 ? (
        <p className="p-3 text-muted">{empty}</p>
      ) : (
        <ul className="divide-y divide-line">
          {jobs.map((job) => (
            <JobItem key={job.id} job={job} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
