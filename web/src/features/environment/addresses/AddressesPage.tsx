import type { Topology } from '@cyclorama/shared/topology.ts';
import { useMemo } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { indexTopology, useTopology } from '../../../api/use-topology.ts';
import { DataTable } from '../../../ui/data-table.tsx';
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
      <Panel title="Domains" flush>
        {domains.length === 0 ? (
          <EmptyState
            title="No domains here."
            hint="A domain appears when a DNS record leads to a container."
          />
        ) : (
          <DataTable
            caption="Domains"
            columns={domainColumns}
            rows={domains}
            rowKey={({ node }) => node.id}
            height="320px"
          />
        )}
      </Panel>
      <Panel title="IPs" flush>
        {ips.length === 0 ? (
          <EmptyState title="No IPs here." hint="An IP appears when Cycle assigns it to this environment." />
        ) : (
          <DataTable
            caption="IPs"
            columns={ipColumns}
            rows={ips}
            rowKey={({ node }) => node.id}
            height="320px"
          />
        )}
      </Panel>
    </>
  );
}
