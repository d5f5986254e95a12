import type { FunctionPool } from '@cyclorama/shared/claims.ts';
import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../api/query-view.tsx';
import { useSession } from '../../../api/session.ts';
import { Chip } from '../../../ui/chip.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { Select } from '../../../ui/select.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { filterClaims } from '../claims.filter.ts';
import { claimsQuery } from '../functions.queries.ts';
import type { ClaimFilter } from '../functions.queries.ts';
import { useFunctionsUrl } from '../functions.url.ts';
import { ClaimsTable } from './ClaimsTable.tsx';

const stateOptions: { value: ClaimFilter; label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'ended', label: 'Ended' },
  { value: 'all', label: 'Open and ended' },
];

/** The claims with their filters, which live in the address. */
export function ClaimsPanel({ pools }: { pools: FunctionPool[] }) {
  const { user } = useSession();
  const [search, setSearch] = useFunctionsUrl();
  const state = search.state ?? 'open';
  const claims = useQuery(claimsQuery(state));
  const all = claims.data?.claims ?? [];
  const shown = filterClaims(all, search, user.name);
  return (
    <section aria-labelledby="claims-heading" className="flex min-w-0 flex-col gap-3">
      <h2 id="claims-heading" className="text-sm">
        Claims
      </h2>
      <FilterBar
        noun="claims"
        value={search.q ?? ''}
        shown={shown.length}
        total={all.length}
        onChange={(q) => setSearch({ q: q === '' ? undefined : q })}
      >
        <Chip
          pressed={search.who === 'mine'}
          onPressedChange={(mine) => setSearch({ who: mine ? 'mine' : undefined })}
        >
          Mine
        </Chip>
        <Select
          aria-label="Which claims"
          value={state}
          options={stateOptions}
          onValueChange={(next) => setSearch({ state: next === 'open' ? undefined : next })}
        />
        {pools.length > 1 && (
          <Select
            aria-label="Of which function"
            value={search.container ?? ''}
            options={[
              { value: '', label: 'All functions' },
              ...pools.map((pool) => ({ value: pool.containerId, label: pool.name })),
            ]}
            onValueChange={(next) => setSearch({ container: next === '' ? undefined : next })}
          />
        )}
      </FilterBar>
      <QueryView query={claims}>
        {() =>
          shown.length === 0 ? (
            <NoClaims isFiltered={all.length > 0} />
          ) : (
            <ClaimsTable
              claims={shown}
              sort={{ key: search.sort ?? 'requested', direction: search.dir ?? 'desc' }}
              onSortChange={({ key, direction }) => setSearch({ sort: key, dir: direction })}
            />
          )
        }
      </QueryView>
    </section>
  );
}

function NoClaims({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState title="No claim matches" hint="Change the filter above to see others." />
  ) : (
    <EmptyState
      title="No claims here"
      hint="Claim an instance above; it is listed here until it is released."
    />
  );
}
