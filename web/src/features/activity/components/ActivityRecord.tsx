import { useInfiniteQuery } from '@tanstack/react-query';

import { QueryView } from '../../../api/query-view.tsx';
import { useCan } from '../../../api/session.ts';
import { EmptyState, LoadingState } from '../../../ui/states.tsx';
import { activityQuery } from '../queries.ts';
import { useActivitySearch } from '../search.ts';
import { ActivityTable } from './ActivityTable.tsx';
import { OlderButton } from './OlderButton.tsx';

/** Every entry of the record as it was stored. */
export function ActivityRecord() {
  const [search] = useActivitySearch();
  const isAdmin = useCan('admin');
  const query = useInfiniteQuery(activityQuery(search, isAdmin));
  return (
    <QueryView query={query} loading={<LoadingState rows={14} />}>
      {({ pages }) => {
        const entries = pages.flatMap((page) => page.entries);
        return (
          <>
            {entries.length === 0 ? (
              <EmptyState
                title="No entries match."
                hint="Actions of people and changes the system detects are listed here."
              />
            ) : (
              <ActivityTable entries={entries} isAdmin={isAdmin} />
            )}
            <OlderButton query={query} isEmpty={entries.length === 0} />
          </>
        );
      }}
    </QueryView>
  );
}
