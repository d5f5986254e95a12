import type { Topology } from '@cyclorama/shared/topology.ts';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

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
import { CompareLink } from './components/CompareLink.tsx';
import { HIDDEN_AT_FIRST, instanceColumns } from './components/instance-columns.tsx';
import { filterInstances, instanceRows } from './rows.ts';
import type { InstanceRow } from './rows.ts';
import { useInstancesSearch } from './search.ts';

/** Every instance of the environment. */
export function InstancesPage() {
  const query = useTopology();
  return (
    <Page title="Instances">
      <QueryView query={query} loading={<LoadingState rows={14} />}>
        {(topology) => <List topology={topology} />}
      </QueryView>
    </Page>
  );
}

const rowKey = (row: InstanceRow): string => row.instance.id;
const groups = {
  container: (row: InstanceRow) => ({ key: row.instance.containerId, label: row.containerName }),
  server: (row: InstanceRow) => ({ key: row.instance.serverId, label: row.serverName }),
};

function List({ topology }: { topology: Topology }) {
  const [search, set] = useInstancesSearch();
  const navigate = useNavigate();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => instanceRows(indexTopology(topology)), [topology]);
  const shown = useMemo(() => filterInstances(rows, search), [rows, search]);
  const hidden = search.hide ?? HIDDEN_AT_FIRST;
  const columns = useMemo(() => instanceColumns.filter(({ key }) => !hidden.includes(key)), [hidden]);
  return (
    <>
      <FilterBar
        value={search.q ?? ''}
        onChange={(q) => set({ q: q === '' ? undefined : q })}
        shown={shown.length}
        total={rows.length}
        noun="instances"
      >
        <Select
          aria-label="Group by"
          value={search.group ?? 'none'}
          onValueChange={(group) => set({ group: group === 'none' ? undefined : group })}
          options={[
            { value: 'none', label: 'No groups' },
            { value: 'container', label: 'By container' },
            { value: 'server', label: 'By server' },
          ]}
        />
        <ColumnMenu columns={instanceColumns} hidden={hidden} onHiddenChange={(hide) => set({ hide })} />
        {selected.size > 0 && <CompareLink ids={[...selected]} onClear={() => setSelected(new Set())} />}
      </FilterBar>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        <StateChips
          label="State"
          counts={countBy(rows, ({ instance }) => instance.state.current)}
          chosen={search.state}
          onToggle={(state) => set({ state: toggled(search.state, state) })}
        />
        <StateChips
          label="Health"
          counts={countBy(rows, ({ instance }) => instance.health).filter(({ value }) => value !== 'none')}
          chosen={search.health}
          onToggle={(health) => set({ health: toggled(search.health, health) })}
        />
      </div>
      {shown.length === 0 ? (
        <Nothing hasAny={rows.length > 0} />
      ) : (
        <DataTable
          caption="Instances"
          columns={columns}
          rows={shown}
          rowKey={rowKey}
          rowHref={(row) => `/instances/${row.instance.id}`}
          onOpen={(row) =>
            void navigate({ to: '/instances/$instanceId', params: { instanceId: row.instance.id } })
          }
          sort={{ key: search.sort ?? 'name', direction: search.dir ?? 'asc' }}
          onSortChange={({ key, direction }) => set({ sort: key, dir: direction })}
          groupOf={search.group === undefined ? undefined : groups[search.group]}
          selected={selected}
          onSelectedChange={setSelected}
          height="calc(100dvh - 262px)"
        />
      )}
    </>
  );
}

function Nothing({ hasAny }: { hasAny: boolean }) {
  return hasAny ? (
    <EmptyState title="No instance fits the filter." hint="Take off a chip or clear the text." />
  ) : (
    <EmptyState
      title="This environment has no instances."
      hint="They appear here as soon as Cycle creates them."
    />
  );
}
