import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';

/**
 * The error also during a retry: the cache drops the error of a query without data as soon as a retry starts, and the
 * panel would flicker. Null during the first load.
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
