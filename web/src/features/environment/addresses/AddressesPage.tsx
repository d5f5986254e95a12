import type { Topology, TopologyNode } from '@cyclorama/shared/topology.ts';
import { useMemo } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { indexTopology, useTopology } from '../../../api/use-topology.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState, LoadingState } from '../../../ui/states.tsx';
import { domainColumns, ipColumns } from './components/address-columns.tsx';
import { domainRows, filterRows, ipRows } from './rows.ts';
import { useAddressesSearch } from './search.ts';

export function AddressesPage() {
  const query = useTopology();
  return (
    <Page
      title="Domains and IPs"
      subtitle="Where each leads, who uses it, and how long its certificate is good for."
    >
      <QueryView query={query} loading={<LoadingState rows={14} />}>
        {(topology) => <Addresses topology={topology} />}
      </QueryView>
    </Page>
  );
}

function Addresses({ topology }: { topology: Topology }) {
  const [{ q }, set] = useAddressesSearch();
  const all = useMemo(() => {
    const index = indexTopology(topology);
    return { domains: domainRows(index), ips: ipRows(index) };
  }, [topology]);
  const domains = useMemo(() => filterRows(all.domains, q), [all, q]);
  const ips = useMemo(() => filterRows(all.ips, q), [all, q]);
  return (
    <>
      <FilterBar
        value={q ?? ''}
        onChange={(text) => set({ q: text || undefined })}
        shown={domains.length + ips.length}
        total={all.domains.length + all.ips.length}
        noun="addresses"
      />
      <List
        title="Domains"
        columns={domainColumns}
        rows={domains}
        empty={{
          title: 'No domains here.',
          hint: 'A domain appears when a DNS record leads to a container.',
        }}
      />
      <List
        title="IPs"
        columns={ipColumns}
        rows={ips}
        empty={{
          title: 'No IPs here.',
          hint: 'An IP appears when Cycle assigns it to this environment.',
        }}
      />
    </>
  );
}

type ListProps<T> = {
  title: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  empty: { title: string; hint: string };
};

function List<T extends { node: TopologyNode }>({ title, columns, rows, empty }: ListProps<T>) {
  return (
    <Panel title={title} flush>
      {rows.length === 0 ? (
        <EmptyState {...empty} />
      ) : (
        <DataTable
          caption={title}
          columns={columns}
          rows={rows}
          rowKey={({ node }) => node.id}
          height="320px"
        />
      )}
    </Panel>
  );
}
