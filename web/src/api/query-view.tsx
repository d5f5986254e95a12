import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { ErrorState, LoadingState, StaleNotice } from '../ui/states.tsx';
import { noteAnswer } from './answers.ts';
import { freshnessOf } from './freshness.ts';
import { useSteadyError } from './steady-error.ts';

type QueryViewProps<T> = {
  query: UseQueryResult<T>;
  loading?: ReactNode;
  /** For an empty list; null when the data isn't empty. */
  empty?: (data: T) => ReactNode | null;
  /** The page shows the age of all its data already. */
  hidesAge?: boolean;
  children: (data: T) => ReactNode;
};

/** Error, loading, empty, data, and stale above the last two. A failed read with an older value shows both. */
export function QueryView<T>({ query, loading, empty, hidesAge = false, children }: QueryViewProps<T>) {
  const { data } = query;
  const error = useSteadyError(query);
  const retry = () => void query.refetch();
  if (data === undefined) {
    return error === null ? (loading ?? <LoadingState />) : <ErrorState error={error} retry={retry} />;
  }
  const freshness = hidesAge ? undefined : freshnessOf(data);
  return (
    // Of no size: the parent lays out what is within.
    <div ref={(element) => noteAnswer(element, query)} className="contents">
      {error !== null && <ErrorState compact error={error} retry={retry} />}
      {freshness !== undefined && <StaleNotice freshness={freshness} />}
      {empty?.(data) ?? children(data)}
    </div>
  );
}
