import { QueryClient } from '@tanstack/react-query';

import { ApiError } from './http.ts';

const RETRIES = 2;

/** True for failures that may not happen again a moment later. */
export function mayHeal(error: unknown): boolean {
  return error instanceof ApiError && [0, 502, 503, 504].includes(error.status);
}

/**
 * The cache all pages share. The event stream keeps it current, so nothing is read again on focus; while the stream
 * is down `stream.ts` polls what is shown.
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
        retry: (failures, error) => failures < RETRIES && mayHeal(error),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
