import { Link } from '@tanstack/react-router';

import { useCan } from '../../api/session.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ActivityFilters } from './components/ActivityFilters.tsx';
import { ActivityRecord } from './components/ActivityRecord.tsx';
import { RecordPanel } from './components/RecordPanel.tsx';
import { Timeline } from './components/Timeline.tsx';
import { TimelineFilters } from './components/TimelineFilters.tsx';
import { useActivitySearch, viewOf } from './search.ts';

export function ActivityPage() {
  const [search, set] = useActivitySearch();
  const isAdmin = useCan('admin');
  return (
    <Page
      title="Activity"
      actions={
        <Link to="/activity/batches" className={buttonClass('ghost')}>
          Bulk actions
        </Link>
      }
    >
      <Tabs
        label="View"
        value={viewOf(search)}
        onValueChange={(view) => set({ view, kind: undefined, outcome: undefined })}
        tabs={[
          {
            value: 'timeline',
            label: 'Timeline',
            content: (
              <>
                <TimelineFilters search={search} onChange={set} />
                <Timeline />
              </>
            ),
          },
          {
            value: 'record',
            label: 'Record',
            content: (
              <>
                <ActivityFilters search={search} onChange={set} />
                {isAdmin && <RecordPanel search={search} />}
                <ActivityRecord />
              </>
            ),
          },
        ]}
      />
    </Page>
  );
}
