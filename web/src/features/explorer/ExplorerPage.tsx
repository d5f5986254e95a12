import { catalogue } from '@cyclorama/shared/catalogue.ts';

import { FilterBar } from '../../ui/filter-bar.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { OperationList } from './components/OperationList.tsx';
import { OperationPanel } from './components/OperationPanel.tsx';
import { operationNamed, shownOperations, upstreamNames, upstreams } from './rows.ts';
import { useExplorerSearch } from './search.ts';

export function ExplorerPage() {
  const [search, set] = useExplorerSearch();
  const shown = shownOperations(search);
  const open = operationNamed(search.operation);
  return (
    <Page
      title="Explorer"
      subtitle="Every operation of the four upstreams, within your role. Changes ask first and are on record."
    >
      <FilterBar
        value={search.q ?? ''}
        onChange={(q) => set({ q: q || undefined })}
        shown={shown.length}
        total={catalogue.length}
        noun="operations"
      >
        <Select
          aria-label="Upstream"
          value={search.upstream ?? 'all'}
          options={[
            { value: 'all', label: 'All upstreams' },
            ...upstreams.map((value) => ({ value, label: upstreamNames[value] })),
          ]}
          onValueChange={(value) => set({ upstream: value === 'all' ? undefined : value })}
        />
        <Select
          aria-label="What it does"
          value={search.kind ?? 'all'}
          options={[
            { value: 'all', label: 'Reads and changes' },
            { value: 'reads', label: 'Reads' },
            { value: 'changes', label: 'Changes' },
          ]}
          onValueChange={(value) => set({ kind: value === 'all' ? undefined : value })}
        />
      </FilterBar>
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(18rem,26rem)_minmax(0,1fr)]">
        <div className={open === null ? undefined : 'max-lg:hidden'}>
          {shown.length === 0 ? (
            <EmptyState title="No operations match." hint="Change or clear the filter." />
          ) : (
            <OperationList
              operations={shown}
              openId={open?.id ?? null}
              onOpen={(operation) => set({ operation })}
            />
          )}
        </div>
        {open === null ? (
          <div className="max-lg:hidden">
            <EmptyState
              title="Choose an operation."
              hint="Its form, its curl line and its answer appear here."
            />
          </div>
        ) : (
          <OperationPanel key={open.id} operation={open} onClose={() => set({ operation: undefined })} />
        )}
      </div>
    </Page>
  );
}
