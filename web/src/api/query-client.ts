import { QueryClient } from '@tanstack/react-query';

import { ApiError } from './http.ts';

const RETRIES = 2;

/** True for failures that a retry may fix. */
export function isTransient(error: unknown): boolean {
  return error instanceof ApiError && [0, 502, 503, 504].includes(error.status);
}

/**
 * Shared by all pages. No refetch on focus: the event stream keeps it current, and `stream.ts` polls while that is
 * down.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
        retry: (failures, error) => failures < RETRIES && isTransient(error),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
