import type { HubActivityEntry } from '@cyclorama/shared/hub-activity.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { useQuery } from '@tanstack/react-query';

import { NotSetUp, useIsSetUp } from '../../../api/not-set-up.tsx';
import { QueryView } from '../../../api/query-view.tsx';
import { idOf, shortenId } from '../../../lib/ids.ts';
import { NO_VALUE } from '../../../lib/units.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { Panel } from '../../../ui/panel.tsx';
import { RawDetails } from '../../../ui/raw-details.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { EmptyState, LoadingState } from '../../../ui/states.tsx';
import { Ago } from '../../../ui/time.tsx';
import { hubActivityQuery } from '../queries.ts';
import { hubEventLabel, hubOutcomes, hubUserLabel } from '../words.ts';

export function HubActivityPanel() {
  const isSetUp = useIsSetUp('platform');
  return (
    <Panel title="Hub activity">
      {isSetUp === undefined ? (
        <LoadingState rows={3} />
      ) : isSetUp ? (
        <Entries />
      ) : (
        <NotSetUp name="platform" />
      )}
    </Panel>
  );
}

function Entries() {
  const query = useQuery(hubActivityQuery);
  return (
    <QueryView query={query} loading={<LoadingState rows={3} label="Loading the hub’s activity" />}>
      {(data) => (
        <div className="flex flex-col gap-3">
          {data.entries.length === 0 ? (
            <EmptyState title="Nothing was done yet" hint="Changes by anyone in the hub appear here." />
          ) : (
            <DataTable
              caption="Hub activity"
              columns={columns}
              rows={data.entries}
              rowKey={idOf}
              height="320px"
            />
          )}
          <RawDetails
            source="Cycle’s public API"
            readAt={data.freshness.asOf}
            path={environmentPaths.hubActivity()}
            data={data}
          />
        </div>
      )}
    </QueryView>
  );
}

const columns: Column<HubActivityEntry>[] = [
  {
    key: 'event',
    header: 'Action',
    primary: true,
    width: 220,
    cell: ({ event }) => <span title={event}>{hubEventLabel(event)}</span>,
  },
  {
    key: 'status',
    header: 'Outcome',
    priority: 1,
    width: 120,
    cell: ({ status }) => <StateLabel state={hubOutcomes[status] ?? status} />,
  },
  {
    key: 'by',
    header: 'Person',
    priority: 2,
    width: 150,
    cell: ({ by }) => by.name ?? hubUserLabel(by.kind),
  },
  {
    key: 'on',
    header: 'Resource',
    priority: 3,
    width: 180,
    cell: ({ on }) =>
      on === null ? (
        NO_VALUE
      ) : (
        <ResourceLink kind={on.kind} id={on.id}>
          {on.name ?? `${on.kind} ${shortenId(on.id)}`}
        </ResourceLink>
      ),
  },
  { key: 'at', header: 'Time', priority: 4, width: 110, cell: ({ at }) => <Ago at={at} /> },
  {
    key: 'error',
    header: 'Error',
    wide: true,
    priority: 5,
    cell: ({ error }) => <span title={error ?? undefined}>{error ?? NO_VALUE}</span>,
  },
];
