import { useCallback, useState } from 'react';

import { toggled } from '../../../lib/text-filter.ts';
import { Select } from '../../../ui/select.tsx';
import { BatchReport } from '../batches/components/BatchReport.tsx';
import { BulkBar } from '../batches/components/BulkBar.tsx';
import { TopologyList } from '../components/TopologyList.tsx';
import { CompareLink } from './components/CompareLink.tsx';
import { HIDDEN_AT_FIRST, instanceColumns } from './components/instance-columns.tsx';
import { filterInstances, instanceRows } from './rows.ts';
import type { InstanceRow } from './rows.ts';
import { useInstancesSearch } from './search.ts';

const idOf = ({ instance }: InstanceRow): string => instance.id;
const stateOf = ({ well }: InstanceRow) => well;
const healthOf = ({ health }: InstanceRow) => health;
const groups = {
  container: (row: InstanceRow) => ({ key: row.instance.containerId, label: row.containerName }),
  server: (row: InstanceRow) => ({ key: row.instance.serverId, label: row.serverName }),
};
const groupings = [
  { value: 'none', label: 'Ungrouped' },
  { value: 'container', label: 'By container' },
  { value: 'server', label: 'By server' },
] as const;

export function InstancesPage() {
  const [search, setSearch] = useInstancesSearch();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const filter = useCallback((rows: readonly InstanceRow[]) => filterInstances(rows, search), [search]);
  return (
    <>
      <TopologyList
        title="Instances"
        kind="instance"
        rowsOf={instanceRows}
        filter={filter}
        idOf={idOf}
        stateOf={stateOf}
        columns={instanceColumns}
        hiddenAtFirst={HIDDEN_AT_FIRST}
        search={search}
        onSearchChange={setSearch}
        choices={
          <Select
            aria-label="Group by"
            value={search.group ?? 'none'}
            options={groupings}
            onValueChange={(group) => setSearch({ group: group === 'none' ? undefined : group })}
          />
        }
        renderSelectionActions={(shown) => (
          <BulkBar
            kind="instances"
            shown={shown.map(idOf)}
            selected={selected}
            onSelectedChange={setSelected}
            onStarted={(batch) => setSearch({ batch })}
          >
            <CompareLink ids={[...selected]} />
          </BulkBar>
        )}
        moreChips={{
          label: 'Health',
          valueOf: healthOf,
          chosen: search.health,
          onToggle: (health) => setSearch((before) => ({ health: toggled(before.health, health) })),
        }}
        groupOf={search.group === undefined ? undefined : groups[search.group]}
        selected={selected}
        onSelectedChange={setSelected}
      />
      {search.batch !== undefined && (
        <BatchReport id={search.batch} onClose={() => setSearch({ batch: undefined })} />
      )}
    </>
  );
}
