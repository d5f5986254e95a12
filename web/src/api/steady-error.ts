import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';

/**
 * Why a query has nothing to show, also while it is being tried again: the cache forgets the failure of what was never
 * read as soon as the next try begins, and a panel would blink between failure and loading. Null while it loads first.
 */
export function useSteadyError(
  query: Pick<UseQueryResult, 'data' | 'error' | 'errorUpdateCount'>,
): Error | null {
  const { data, error, errorUpdateCount } = query;
  const [failure, setFailure] = useState<Error | null>(null);
  if (error !== null && error !== failure) setFailure(error);
  if (error !== null) return error;
  return data === undefined && errorUpdateCount > 0 ? failure : null;
}
