import type { Topology } from '@cyclorama/shared/topology.ts';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { indexTopology, useTopology } from '../../../api/use-topology.ts';
import { countBy, toggled } from '../../../lib/text-filter.ts';
import { ColumnMenu } from '../../../ui/column-menu.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { Page } from '../../../ui/page.tsx';
import { Select } from '../../../ui/select.tsx';
import { StateChips } from '../../../ui/state-chips.tsx';
import { EmptyState, LoadingState } from '../../../ui/states.tsx';
import { HIDDEN_AT_FIRST, containerColumns } from './components/container-columns.tsx';
import { containerRows, filterContainers } from './rows.ts';
import type { ContainerRow } from './rows.ts';
import { useContainersSearch } from './search.ts';

/** Every container of the environment: services, functions and the team's own. */
export function ContainersPage() {
  const query = useTopology();
  return (
    <Page title="Containers">
      <QueryView query={query} loading={<LoadingState rows={14} />}>
        {(topology) => <List topology={topology} />}
      </QueryView>
    </Page>
  );
}

const rowKey = (row: ContainerRow): string => row.container.id;

function List({ topology }: { topology: Topology }) {
  const [search, set] = useContainersSearch();
  const navigate = useNavigate();
  const rows = useMemo(() => containerRows(indexTopology(topology)), [topology]);
  const shown = useMemo(() => filterContainers(rows, search), [rows, search]);
  const hidden = search.hide ?? HIDDEN_AT_FIRST;
  const columns = useMemo(() => containerColumns.filter(({ key }) => !hidden.includes(key)), [hidden]);
  return (
    <>
      <FilterBar
        value={search.q ?? ''}
        onChange={(q) => set({ q: q === '' ? undefined : q })}
        shown={shown.length}
        total={rows.length}
        noun="containers"
      >
        <Select
          aria-label="Kind"
          value={search.kind ?? 'all'}
          onValueChange={(kind) => set({ kind: kind === 'all' ? undefined : kind })}
          options={[
            { value: 'all', label: 'All kinds' },
            { value: 'own', label: 'Containers' },
            { value: 'service', label: 'Services' },
            { value: 'function', label: 'Functions' },
          ]}
        />
        <ColumnMenu columns={containerColumns} hidden={hidden} onHiddenChange={(hide) => set({ hide })} />
      </FilterBar>
      <StateChips
        label="State"
        counts={countBy(rows, ({ container }) => container.state.current)}
        chosen={search.state}
        onToggle={(state) => set({ state: toggled(search.state, state) })}
      />
      {shown.length === 0 ? (
        <Nothing hasAny={rows.length > 0} />
      ) : (
        <DataTable
          caption="Containers"
          columns={columns}
          rows={shown}
          rowKey={rowKey}
          rowHref={(row) => `/containers/${row.container.id}`}
          onOpen={(row) =>
            void navigate({ to: '/containers/$containerId', params: { containerId: row.container.id } })
          }
          sort={{ key: search.sort ?? 'name', direction: search.dir ?? 'asc' }}
          onSortChange={({ key, direction }) => set({ sort: key, dir: direction })}
          height="calc(100dvh - 262px)"
        />
      )}
    </>
  );
}

function Nothing({ hasAny }: { hasAny: boolean }) {
  return hasAny ? (
    <EmptyState title="No container fits the filter." hint="Take off a chip or clear the text." />
  ) : (
    <EmptyState
      title="This environment has no containers."
      hint="They appear here as soon as Cycle has them."
    />
  );
}
