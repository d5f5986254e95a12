import { useMemo } from 'react';
import { z } from 'zod';

import { QueryView } from '../../../api/query-view.tsx';
import { indexTopology, useTopology } from '../../../api/use-topology.ts';
import type { TopologyIndex } from '../../../api/use-topology.ts';
import { matchesText } from '../../../lib/text-filter.ts';
import { PastButton } from '../../../router/past-button.tsx';
import { useResourceRows } from '../../../router/resource-link.tsx';
import type { ChangeSearch } from '../../../router/url-search.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { Page } from '../../../ui/page.tsx';
import { EmptyState, LoadingState } from '../../../ui/states.tsx';

export const nodesSearch = z.object({ q: z.string().optional().catch(undefined) });
type NodesSearch = z.output<typeof nodesSearch>;

type NodesPageProps<Row> = {
  title: string;
  subtitle: string;
  /** Plural, as the filter counts them. */
  noun: string;
  /** Whose page a row opens. */
  kind: Parameters<typeof useResourceRows>[0];
  rowsOf: (index: TopologyIndex) => Row[];
  idOf: (row: Row) => string;
  /** What the filter looks into. */
  textOf: (row: Row) => readonly (string | null)[];
  columns: readonly Column<Row>[];
  empty: { title: string; hint: string };
  search: [NodesSearch, ChangeSearch<NodesSearch>];
};

/** List of one kind of node of the topology, for kinds of which there are few. */
export function NodesPage<Row>(props: NodesPageProps<Row>) {
  const query = useTopology();
  return (
    <Page title={props.title} subtitle={props.subtitle} actions={<PastButton />}>
      <QueryView query={query} loading={<LoadingState rows={10} />}>
        {(topology) => <List {...props} index={indexTopology(topology)} />}
      </QueryView>
    </Page>
  );
}

function List<Row>(props: NodesPageProps<Row> & { index: TopologyIndex }) {
  const { index, rowsOf, textOf, idOf, columns, noun } = props;
  const [{ q }, set] = props.search;
  const rows = useMemo(() => rowsOf(index), [rowsOf, index]);
  const shown = useMemo(() => rows.filter((row) => matchesText(q, textOf(row))), [rows, q, textOf]);
  const resourceRows = useResourceRows(props.kind, idOf);
  if (rows.length === 0) return <EmptyState {...props.empty} />;
  return (
    <>
      <FilterBar
        value={q ?? ''}
        onChange={(text) => set({ q: text || undefined })}
        shown={shown.length}
        total={rows.length}
        noun={noun}
      />
      {shown.length === 0 ? (
        <EmptyState title={`No ${noun} match.`} hint="Change or clear the filter." />
      ) : (
        <DataTable
          caption={props.title}
          columns={columns}
          rows={shown}
          {...resourceRows}
          height="calc(100dvh - 210px)"
        />
      )}
    </>
  );
}
