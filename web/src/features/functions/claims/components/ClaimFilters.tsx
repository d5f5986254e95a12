import type { Claim, FunctionPool } from '@cyclorama/shared/claims.ts';
import { X } from 'lucide-react';

import { useSession } from '../../../../api/session.ts';
import { basePath } from '../../../../lib/base-path.ts';
import { shortenId } from '../../../../lib/ids.ts';
import { Button, buttonClass } from '../../../../ui/button.tsx';
import { Chip } from '../../../../ui/chip.tsx';
import { FilterBar } from '../../../../ui/filter-bar.tsx';
import { Select } from '../../../../ui/select.tsx';
import type { FunctionsSearch } from '../../search.ts';
import { useFunctionsSearch } from '../../search.ts';
import { exportHref } from '../queries.ts';
import { ownersOf } from '../rows.ts';
import type { ClaimFilter } from '../rows.ts';

const stateOptions: { value: ClaimFilter['state']; label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'ended', label: 'Ended' },
  { value: 'all', label: 'All' },
];

type ClaimFiltersProps = {
  pools: FunctionPool[];
  /** The claims shown, for the count. */
  claims: Claim[];
  hasMore: boolean;
  filter: ClaimFilter;
};

export function ClaimFilters({ pools, claims, hasMore, filter }: ClaimFiltersProps) {
  const { user } = useSession();
  const [search, setSearch] = useFunctionsSearch();
  const set = (change: Partial<FunctionsSearch>) => setSearch({ view: 'claims', ...change });
  const orNone = (value: string) => (value === '' ? undefined : value);
  return (
    <FilterBar
      noun="claims"
      value={search.q ?? ''}
      shown={claims.length}
      total={claims.length}
      hasMore={hasMore}
      onChange={(q) => set({ q: orNone(q) })}
    >
      <Chip
        pressed={search.who === 'mine'}
        onPressedChange={(mine) => set({ who: mine ? 'mine' : undefined, owner: undefined })}
      >
        Mine
      </Chip>
      <Select
        aria-label="State"
        value={filter.state}
        options={stateOptions}
        onValueChange={(state) =>
          set({ state: state === 'open' && filter.batchId === undefined ? undefined : state })
        }
      />
      <Select
        aria-label="Function"
        value={search.container ?? ''}
        options={[
          { value: '', label: 'All functions' },
          ...pools.map((pool) => ({ value: pool.containerId, label: pool.name })),
        ]}
        onValueChange={(container) => set({ container: orNone(container) })}
      />
      <Select
        aria-label="Owner"
        value={filter.owner ?? ''}
        options={[
          { value: '', label: 'All owners' },
          ...ownersOf(claims, [user.name, filter.owner]).map((owner) => ({ value: owner, label: owner })),
        ]}
        onValueChange={(owner) => set({ owner: orNone(owner), who: undefined })}
      />
      {filter.batchId !== undefined && (
        <Button size="sm" icon={<X aria-hidden size={13} />} onClick={() => set({ batch: undefined })}>
          Batch {shortenId(filter.batchId)}
        </Button>
      )}
      <span className="flex gap-2 max-sm:basis-full">
        <Export filter={filter} format="csv" />
        <Export filter={filter} format="json" />
      </span>
    </FilterBar>
  );
}

function Export({ filter, format }: { filter: ClaimFilter; format: 'csv' | 'json' }) {
  return (
    <a href={basePath + exportHref(filter, format)} download className={buttonClass('secondary', 'sm')}>
      Export {format.toUpperCase()}
    </a>
  );
}
