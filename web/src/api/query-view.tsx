import type { Freshness } from '@cyclorama/shared/common.ts';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { ErrorState, LoadingState, StaleNotice } from '../ui/states.tsx';

type QueryViewProps<T> = {
  query: UseQueryResult<T>;
  loading?: ReactNode;
  /** What stands there when the data is an empty list; null where it isn't empty. */
  empty?: (data: T) => ReactNode | null;
  /** True where the page above says already how old it all is. */
  isAgeTold?: boolean;
  children: (data: T) => ReactNode;
};

function freshnessOf(data: unknown): Freshness | undefined {
  if (typeof data !== 'object' || data === null || !('freshness' in data)) return undefined;
  // The contract gives the name `freshness` to one shape only.
  return data.freshness as Freshness;
}

/**
 * The five states of a view: error, loading, empty, data, and stale above the last two. A failed read with an older
 * value at hand shows the value and the failure.
 */
export function QueryView<T>({ query, loading, empty, isAgeTold = false, children }: QueryViewProps<T>) {
  const { data, error, isError } = query;
  const retry = () => void query.refetch();
  if (data === undefined) {
    return isError ? <ErrorState error={error} retry={retry} /> : (loading ?? <LoadingState />);
  }
  const freshness = isAgeTold ? undefined : freshnessOf(data);
  return (
    <>
      {isError && <ErrorState compact error={error} retry={retry} />}
      {freshness !== undefined && <StaleNotice freshness={freshness} />}
      {empty?.(data) ?? children(data)}
    </>
  );
}
