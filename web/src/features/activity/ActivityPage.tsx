import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { useCan } from '../../api/session.ts';
import { useSteadyError } from '../../api/steady-error.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { ActivityFilters } from './components/ActivityFilters.tsx';
import { ActivityTable } from './components/ActivityTable.tsx';
import { JobsPanel } from './components/JobsPanel.tsx';
import { RecordPanel } from './components/RecordPanel.tsx';
import { activityQuery } from './queries.ts';
import { useActivitySearch } from './search.ts';

export function ActivityPage() {
  const [search, set] = useActivitySearch();
  const isAdmin = useCan('admin');
  return (
    <Page
      title="Activity"
      actions={
        <Link to="/activity/batches" className={buttonClass('ghost')}>
          Actions on many
        </Link>
      }
    >
      <JobsPanel />
      <ActivityFilters search={search} onChange={set} />
      {isAdmin && <RecordPanel search={search} />}
      <Log />
    </Page>
  );
}

function Log() {
  const [search] = useActivitySearch();
  const isAdmin = useCan('admin');
  const query = useInfiniteQuery(activityQuery(search, isAdmin));
  const { data, hasNextPage, isFetchingNextPage } = query;
  const error = useSteadyError(query);
  if (data === undefined) {
    return error === null ? (
      <LoadingState rows={14} />
    ) : (
      <ErrorState error={error} retry={() => void query.refetch()} />
    );
  }
  const entries = data.pages.flatMap((page) => page.entries);
  return (
    <>
      {error !== null && <ErrorState compact error={error} retry={() => void query.refetch()} />}
      {entries.length === 0 ? (
        <EmptyState
          title="No entries match."
          hint="Actions of people and changes the system detects are listed here."
        />
      ) : (
        <ActivityTable entries={entries} isAdmin={isAdmin} />
      )}
      <div className="flex items-center justify-center gap-3 text-muted">
        {hasNextPage ? (
          <Button pending={isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {isFetchingNextPage ? 'Loading older entries…' : 'Load older entries'}
          </Button>
        ) : (
          entries.length > 0 && <p>No older entries.</p>
        )}
      </div>
    </>
  );
}
