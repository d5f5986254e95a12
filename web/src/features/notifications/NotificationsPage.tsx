import type { NotificationsResponse } from '@cyclorama/shared/notifications.ts';
import { useQuery } from '@tanstack/react-query';
import { Pause, Play } from 'lucide-react';
import { useState } from 'react';

import { QueryView } from '../../api/query-view.tsx';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import { notificationColumns } from './components/notification-columns.tsx';
import { notificationsQuery } from './queries.ts';
import { abouts, shownRows } from './rows.ts';
import { useNotificationsSearch } from './search.ts';

export function NotificationsPage() {
  const query = useQuery(notificationsQuery);
  const [paused, setPaused] = useState<NotificationsResponse | null>(null);
  const waiting = paused === null ? 0 : (query.data?.newest ?? 0) - paused.newest;
  const toggle = () => setPaused(paused === null ? (query.data ?? null) : null);
  return (
    <Page
      title="Notifications"
      subtitle="What Cycle tells of the hub as it happens: hints with ids and states. The newest 500 are kept."
      actions={
        <>
          <output>{waiting > 0 && `${waiting} more since the pause`}</output>
          <Button
            icon={paused === null ? <Pause aria-hidden size={14} /> : <Play aria-hidden size={14} />}
            onClick={toggle}
          >
            {paused === null ? 'Pause' : 'Go on'}
          </Button>
        </>
      }
    >
      <QueryView query={query} loading={<LoadingState rows={14} label="Loading notifications" />}>
        {(data) => <Notifications data={paused ?? data} whyNone={data.whyNone} />}
      </QueryView>
    </Page>
  );
}

function Notifications({ data, whyNone }: { data: NotificationsResponse; whyNone: string | null }) {
  const [{ q, about }, set] = useNotificationsSearch();
  const rows = shownRows(data.notifications, { q, about });
  return (
    <>
      {whyNone !== null && (
        <p role="alert" className="rounded-lg border border-warning-line bg-warning-soft px-3 py-2">
          None arrive now. {whyNone}
        </p>
      )}
      <FilterBar
        value={q ?? ''}
        onChange={(text) => set({ q: text || undefined })}
        shown={rows.length}
        total={data.notifications.length}
        noun="notifications"
      >
        <Select
          aria-label="About"
          value={about ?? 'all'}
          options={[
            { value: 'all', label: 'About anything' },
            ...abouts(data.notifications).map((value) => ({ value, label: `About ${value}` })),
          ]}
          onValueChange={(value) => set({ about: value === 'all' ? undefined : value })}
        />
      </FilterBar>
      {data.notifications.length === 0 ? (
        <EmptyState
          title="No notifications yet"
          hint="They appear when something changes. Cycle repeats none from before the dashboard started."
        />
      ) : (
        <DataTable
          caption="Notifications"
          columns={notificationColumns}
          rows={rows}
          rowKey={({ number }) => String(number)}
        />
      )}
    </>
  );
}
