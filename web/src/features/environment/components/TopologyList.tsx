import { countParts } from '@cyclorama/shared/rules/counts.ts';
import type { Topology, WellBeing } from '@cyclorama/shared/topology.ts';
import { useMemo } from 'react';
import type { ReactNode } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { indexTopology, useTopology } from '../../../api/use-topology.ts';
import type { TopologyIndex } from '../../../api/use-topology.ts';
import { useMoment } from '../../../lib/moment.ts';
import { countBy, toggled } from '../../../lib/text-filter.ts';
import { PastButton } from '../../../router/past-button.tsx';
import { useResourceRows } from '../../../router/resource-link.tsx';
import type { ChangeSearch } from '../../../router/url-search.ts';
import { ColumnMenu } from '../../../ui/column-menu.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column, DataTableProps } from '../../../ui/data-table.types.ts';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { Page } from '../../../ui/page.tsx';
import { StateChips } from '../../../ui/state-chips.tsx';
import { EmptyState, LoadingState } from '../../../ui/states.tsx';
import type { ListSearch } from '../search.ts';
import { useArePinsAwaited } from '../topology/queries.ts';
import { usePinnedFirst } from '../use-pinned-first.ts';

type TopologyListProps<Row> = {
  title: string;
  kind: 'container' | 'instance';
  /** Every row of a topology, and the filter. Results keep their identity while their inputs do. */
  rowsOf: (index: TopologyIndex) => Row[];
  filter: (rows: readonly Row[]) => Row[];
  idOf: (row: Row) => string;
  stateOf: (row: Row) => WellBeing;
  columns: readonly Column<Row>[];
  hiddenAtFirst: readonly string[];
  search: ListSearch;
  onSearchChange: ChangeSearch<ListSearch>;
  /** Controls beside the search field that only this list has. */
  choices: ReactNode;
  /** Of what the filter shows, and of all. */
  renderSelectionActions?: (shown: readonly Row[], all: readonly Row[]) => ReactNode;
  /** Chips beside those of the states. A row without a value is counted in none. */
  moreChips?: {
    label: string;
    valueOf: (row: Row) => string | null;
    chosen: readonly string[] | undefined;
    onToggle: (value: string) => void;
  };
} & Pick<DataTableProps<Row>, 'groupOf' | 'selected' | 'onSelectedChange'>;

export function TopologyList<Row>(props: TopologyListProps<Row>) {
  const query = useTopology();
  const arePinsAwaited = useArePinsAwaited();
  const loading = <LoadingState rows={14} />;
  return (
    <Page title={props.title} actions={<PastButton />}>
      <QueryView query={query} loading={loading}>
        {(topology) => (arePinsAwaited ? loading : <List {...props} topology={topology} />)}
      </QueryView>
    </Page>
  );
}

function List<Row>(props: TopologyListProps<Row> & { topology: Topology }) {
  const { topology, title, kind, rowsOf, filter, idOf, stateOf, search, onSearchChange, moreChips } = props;
  const noun = `${kind}s`;
  // What is past can't be acted on.
  const isNow = useMoment() === null;
  const rows = useMemo(() => rowsOf(indexTopology(topology)), [rowsOf, topology]);
  const shown = useMemo(() => filter(rows), [filter, rows]);
  const hidden = search.hide ?? props.hiddenAtFirst;
  const columns = useMemo(
    () => props.columns.filter(({ key }) => !hidden.includes(key)),
    [props.columns, hidden],
  );
  const resourceRows = useResourceRows(kind, idOf);
  const pinnedFirst = usePinnedFirst(idOf);
  return (
    <>
      <FilterBar
        value={search.q ?? ''}
        onChange={(q) => onSearchChange({ q: q === '' ? undefined : q })}
        shown={shown.length}
        total={rows.length}
        noun={noun}
      >
        {props.choices}
        <ColumnMenu
          columns={props.columns}
          hidden={hidden}
          onToggle={(key) =>
            onSearchChange(({ hide = props.hiddenAtFirst }) => ({ hide: toggled(hide, key) ?? [] }))
          }
        />
        {isNow && props.renderSelectionActions?.(shown, rows)}
      </FilterBar>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        <StateChips
          label="State"
          counts={countsByState(rows, stateOf)}
          chosen={search.state}
          onToggle={(state) => onSearchChange((before) => ({ state: toggled(before.state, state) }))}
        />
        {moreChips !== undefined && (
          <StateChips
            label={moreChips.label}
            counts={countBy(rows, moreChips.valueOf)}
            chosen={moreChips.chosen}
            onToggle={moreChips.onToggle}
          />
        )}
      </div>
      {shown.length === 0 ? (
        <Nothing kind={kind} hasAny={rows.length > 0} />
      ) : (
        <DataTable
          caption={title}
          columns={columns}
          rows={shown}
          {...resourceRows}
          // Problems first.
          sort={{ key: search.sort ?? 'state', direction: search.dir ?? 'asc' }}
          onSortChange={({ key, direction }) => onSearchChange({ sort: key, dir: direction })}
          groupOf={props.groupOf ?? pinnedFirst}
          {...(isNow && { selected: props.selected, onSelectedChange: props.onSelectedChange })}
          height="calc(100dvh - 262px)"
        />
      )}
    </>
  );
}

/** Worst first. */
function countsByState<Row>(rows: readonly Row[], stateOf: (row: Row) => WellBeing) {
  const { byState } = countParts(rows.map(stateOf));
  return Object.entries(byState).map(([value, count]) => ({ value, count }));
}

function Nothing({ kind, hasAny }: { kind: 'container' | 'instance'; hasAny: boolean }) {
  return hasAny ? (
    <EmptyState title={`No ${kind}s match.`} hint="Change or clear the filter." />
  ) : (
    <EmptyState
      title={`This environment has no ${kind}s.`}
      hint={`They appear here when Cycle creates them.`}
    />
  );
}
