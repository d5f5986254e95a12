import type { Alert, AlertsResponse } from '@cyclorama/shared/alerts.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { EmptyState, LoadingState } from '../../../ui/states.tsx';
import { alertsQuery } from '../queries.ts';
import { shownAlerts } from '../rows.ts';
import { useAlertsSearch } from '../search.ts';
import { AcknowledgeDialog } from './AcknowledgeDialog.tsx';
import { openColumns, overColumns } from './alert-columns.tsx';
import { QuietNow } from './Telling.tsx';

const keyOf = ({ id }: Alert): string => id;

const EMPTY = {
  open: {
    title: 'Nothing fires',
    hint: 'An alert appears here as soon as what its rule watches is so for long enough.',
  },
  resolved: { title: 'No alert is over yet', hint: 'Alerts that are over stay here for 90 days.' },
};

export function AlertsList({ state }: { state: 'open' | 'resolved' }) {
  const query = useQuery(alertsQuery(state));
  return (
    <>
      {state === 'open' && <QuietNow />}
      <QueryView
        query={query}
        loading={<LoadingState rows={6} label="Loading alerts" />}
        empty={({ total }) => noAlerts(state, total)}
      >
        {(data) => <Listed data={data} state={state} />}
      </QueryView>
    </>
  );
}

function noAlerts(state: 'open' | 'resolved', total: number) {
  return total === 0 ? <EmptyState {...EMPTY[state]} /> : null;
}

function Listed({ data: { alerts, total }, state }: { data: AlertsResponse; state: 'open' | 'resolved' }) {
  const [{ q }, set] = useAlertsSearch();
  const rows = shownAlerts(alerts, q);
  // Beside the list: a cell is made anew when the list becomes cards, and what was typed in it is lost.
  const [acknowledging, setAcknowledging] = useState<Alert | null>(null);
  const columns = useMemo(() => (state === 'open' ? openColumns(setAcknowledging) : overColumns), [state]);
  return (
    <>
      <FilterBar
        value={q ?? ''}
        onChange={(text) => set({ q: text || undefined })}
        shown={rows.length}
        total={total}
        noun="alerts"
      />
      {rows.length === 0 ? (
        <EmptyState title="No alerts match." hint="Change or clear the filter." />
      ) : (
        <DataTable
          caption={state === 'open' ? 'Alerts' : 'Alerts that are over'}
          columns={columns}
          rows={rows}
          rowKey={keyOf}
        />
      )}
      {acknowledging !== null && (
        <AcknowledgeDialog alert={acknowledging} onClose={() => setAcknowledging(null)} />
      )}
    </>
  );
}
