import type { AdoptRequest, Claim, ClaimRequest, SpawnRequest } from '@cyclorama/shared/claims.ts';
import {
  claim,
  claimDetail,
  claimSecrets,
  claimsResponse,
  releaseMineResponse,
} from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';

import { api, withQuery } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import type { ClaimFilter } from './rows.ts';

const PAGE = 200;
const MOST = 500;
// A claim is answered only after its wait in the scheduler's queue.
const QUEUE_TIMEOUT_MS = 10 * 60_000;

/** Newest first. Keeps showing the previous filter's claims while another is loading. */
export const claimPagesQuery = (filter: ClaimFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.claimPages, filter],
    queryFn: ({ signal, pageParam }) =>
      api.get(withQuery(paths.claims(), { ...filter, before: pageParam, limit: PAGE }), claimsResponse, {
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextBefore }) => nextBefore ?? undefined,
    placeholderData: keepPreviousData,
  });

export const claimListQuery = (filter: ClaimFilter) =>
  queryOptions({
    queryKey: [...keys.claimLists, filter],
    queryFn: ({ signal }) =>
      api.get(withQuery(paths.claims(), { ...filter, limit: MOST }), claimsResponse, { signal }),
  });

export const claimQuery = (id: string) =>
  queryOptions({
    queryKey: keys.claim(id),
    queryFn: ({ signal }) => api.get(paths.claim(id), claimDetail, { signal }),
  });

/** Newest first. The ledger's search matches ids, and a retry names the claim it retries. */
export const retriesQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.claims, 'retries', id],
    queryFn: ({ signal }) =>
      api.get(withQuery(paths.claims(), { state: 'all', q: id, limit: 50 }), claimsResponse, { signal }),
    select: ({ claims }) => claims.filter(({ retryOf }) => retryOf === id),
  });

export const exportHref = (filter: ClaimFilter, format: 'csv' | 'json'): string =>
  withQuery(paths.claimsExport(), { ...filter, format });

/** With `spawn` the instance is spawned at once. Takes up to the function's queue time. */
export function useNewClaim() {
  return useChange((body: ClaimRequest) =>
    api.post(paths.claims(), body, claim, { timeoutMs: QUEUE_TIMEOUT_MS }),
  );
}

export function useSpawn(id: string) {
  return useChange((body: SpawnRequest) => api.post(paths.claimSpawn(id), body, claim));
}

export function useRelease(id: Claim['id']) {
  return useChange(() => api.post(paths.claimRelease(id), {}, claim));
}

export function useCancel() {
  return useChange((id: Claim['id']) => api.post(paths.claimCancel(id), {}, claim));
}

export function useRetry(id: Claim['id']) {
  return useChange(() => api.post(paths.claimRetry(id), {}, claim, { timeoutMs: QUEUE_TIMEOUT_MS }));
}

export function useAdopt() {
  return useChange((body: AdoptRequest) => api.post(paths.claimsAdopt(), body, claim));
}

export function useReleaseMine() {
  return useChange((body: { containerId?: string }) =>
    api.post(paths.claimsReleaseMine(), body, releaseMineResponse),
  );
}

/** Token and variables. The server records the access; no cache keeps the answer. */
export const revealClaim = (id: Claim['id']) => api.post(paths.claimReveal(id), {}, claimSecrets);

/** Invalidates lists and pools; the cache drops the request body once it is done. */
function useChange<In, Out>(change: (body: In) => Promise<Out>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.claims }),
        client.invalidateQueries({ queryKey: keys.functions }),
      ]),
    gcTime: 0,
  });
}
