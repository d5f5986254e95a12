import { useCallback } from 'react';

import { Select } from '../../../ui/select.tsx';
import { TopologyList } from '../components/TopologyList.tsx';
import { HIDDEN_AT_FIRST, containerColumns } from './components/container-columns.tsx';
import { containerRows, filterContainers } from './rows.ts';
import type { ContainerRow } from './rows.ts';
import { useContainersSearch } from './search.ts';

const idOf = ({ container }: ContainerRow): string => container.id;
const stateOf = ({ well }: ContainerRow): string => well.state;
const kinds = [
  { value: 'all', label: 'All kinds' },
  { value: 'own', label: 'Containers' },
  { value: 'service', label: 'Services' },
  { value: 'function', label: 'Functions' },
] as const;

export function ContainersPage() {
  const [search, setSearch] = useContainersSearch();
  const filter = useCallback((rows: readonly ContainerRow[]) => filterContainers(rows, search), [search]);
  return (
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
    />
  );
}
