import { useCallback, useState } from 'react';

import { Select } from '../../../ui/select.tsx';
import { BatchReport } from '../batches/components/BatchReport.tsx';
import { BulkBar } from '../batches/components/BulkBar.tsx';
import { TopologyList } from '../components/TopologyList.tsx';
import { HIDDEN_AT_FIRST, containerColumns } from './components/container-columns.tsx';
import { containerRows, filterContainers } from './rows.ts';
import type { ContainerRow } from './rows.ts';
import { useContainersSearch } from './search.ts';

const idOf = ({ container }: ContainerRow): string => container.id;
const stateOf = ({ well }: ContainerRow) => well.state;
const kinds = [
  { value: 'all', label: 'All kinds' },
  { value: 'own', label: 'Containers' },
  { value: 'service', label: 'Services' },
  { value: 'function', label: 'Functions' },
] as const;

const countIn = (rows: readonly ContainerRow[], ids: ReadonlySet<string>): number =>
  rows.reduce((sum, row) => sum + (ids.has(row.container.id) ? row.total : 0), 0);

export function ContainersPage() {
  const [search, setSearch] = useContainersSearch();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const filter = useCallback((rows: readonly ContainerRow[]) => filterContainers(rows, search), [search]);
  return (
    <>
      <TopologyList
        title="Containers"
        kind="container"
        rowsOf={containerRows}
        filter={filter}
        idOf={idOf}
        stateOf={stateOf}
        columns={containerColumns}
        hiddenAtFirst={HIDDEN_AT_FIRST}
        search={search}
        onSearchChange={setSearch}
        choices={
          <Select
            aria-label="Kind"
            value={search.kind ?? 'all'}
            options={kinds}
            onValueChange={(kind) => setSearch({ kind: kind === 'all' ? undefined : kind })}
          />
        }
        renderSelectionActions={(shown, all) => (
          <BulkBar
            kind="containers"
            shown={shown.map(idOf)}
            countInstances={(ids) => countIn(all, ids)}
            selected={selected}
            onSelectedChange={setSelected}
            onStarted={(batch) => setSearch({ batch })}
          />
        )}
        selected={selected}
        onSelectedChange={setSelected}
      />
      {search.batch !== undefined && (
        <BatchReport id={search.batch} onClose={() => setSearch({ batch: undefined })} />
      )}
    </>
  );
}
