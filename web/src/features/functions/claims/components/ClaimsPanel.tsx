import type { FunctionPool } from '@cyclorama/shared/claims.ts';
import { useInfiniteQuery } from '@tanstack/react-query';

import { useSession } from '../../../../api/session.ts';
import { useSteadyError } from '../../../../api/steady-error.ts';
import { cx } from '../../../../lib/class-names.ts';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../../../ui/states.tsx';
import { useFunctionsSearch } from '../../search.ts';
import { claimPagesQuery } from '../queries.ts';
import { claimFilterOf, hasFilter, stillMatching } from '../rows.ts';
import { ClaimFilters } from './ClaimFilters.tsx';
import { ClaimsTable } from './ClaimsTable.tsx';

export function ClaimsPanel({ pools }: { pools: FunctionPool[] }) {
  const { user } = useSession();
  const [search, setSearch] = useFunctionsSearch();
  const filter = claimFilterOf(search, user.name);
  const query = useInfiniteQuery(claimPagesQuery(filter));
  const { data, isPlaceholderData } = query;
  const error = useSteadyError(query);
  const retry = () => void query.refetch();
  const all = data?.pages.flatMap((page) => page.claims) ?? [];
  // Placeholder data belongs to the previous filter.
  const shown = isPlaceholderData ? all : stillMatching(all, filter);
  return (
    <section aria-labelledby="claims-heading" className="flex min-w-0 flex-col gap-3">
      <h2 id="claims-heading" className="sr-only">
        Claims
      </h2>
      <ClaimFilters pools={pools} claims={shown} hasMore={query.hasNextPage} filter={filter} />
      {error !== null && <ErrorState compact={data !== undefined} error={error} retry={retry} />}
      {data === undefined && error === null && <LoadingState label="Loading claims" />}
      {data !== undefined && (
        <div
          aria-busy={isPlaceholderData}
          className={cx('flex flex-col gap-3', isPlaceholderData && 'opacity-60')}
        >
          {shown.length === 0 ? (
            <NoClaims isFiltered={hasFilter(filter)} />
          ) : (
            <ClaimsTable
              claims={shown}
              sort={{ key: search.sort ?? 'requested', direction: search.dir ?? 'desc' }}
              onSortChange={({ key, direction }) => setSearch({ view: 'claims', sort: key, dir: direction })}
            />
          )}
          <div className="flex min-h-8 items-center justify-center">
            {query.hasNextPage && (
              <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Load older claims
              </Button>
            )}
          </div>
        </div>
      )}
    </section>
  );
}

function NoClaims({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState title="No claims match" hint="Change or clear the filter." />
  ) : (
    <EmptyState title="No open claims" hint="Claims are listed here until they end, then under “Ended”." />
  );
}
