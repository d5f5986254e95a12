import type { AdoptRequest, Claim, ClaimRequest, SpawnRequest } from '@cyclorama/shared/claims.ts';
import {
  claim,
  claimDetail,
  claimSecrets,
  claimsResponse,
  releaseMineResponse,
} from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { infiniteQueryOptions, keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';

import { api, withQuery } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import { useChange } from '../../../api/use-change.ts';
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
  return useClaimChange((body: ClaimRequest, key) =>
    api.post(paths.claims(), body, claim, { key, timeoutMs: QUEUE_TIMEOUT_MS }),
  );
}

export function useSpawn(id: string) {
  return useClaimChange((body: SpawnRequest, key) => api.post(paths.claimSpawn(id), body, claim, { key }));
}

export function useRelease(id: Claim['id']) {
  return useClaimChange(() => api.post(paths.claimRelease(id), {}, claim));
}

export function useCancel() {
  return useClaimChange((id: Claim['id']) => api.post(paths.claimCancel(id), {}, claim));
}

export function useRetry(id: Claim['id']) {
  return useClaimChange((_: void, key) =>
    api.post(paths.claimRetry(id), {}, claim, { key, timeoutMs: QUEUE_TIMEOUT_MS }),
  );
}

export function useAdopt() {
  return useClaimChange((body: AdoptRequest, key) => api.post(paths.claimsAdopt(), body, claim, { key }));
}

export function useReleaseMine() {
  return useClaimChange((body: { containerId?: string }) =>
    api.post(paths.claimsReleaseMine(), body, releaseMineResponse),
  );
}

/** Token and variables. The server records the access; no cache keeps the answer. */
export const useReveal = (id: Claim['id']) =>
  useChange({ change: () => api.post(paths.claimReveal(id), {}, claimSecrets), gcTime: 0 });

/** Invalidates lists and pools; the cache drops the request body once it is done. */
function useClaimChange<In = void, Out = unknown>(change: (body: In, key: string) => Promise<Out>) {
  const client = useQueryClient();
  return useChange({
    change,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.claims }),
        client.invalidateQueries({ queryKey: keys.functions }),
      ]),
    gcTime: 0,
  });
}
