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
// A claim waits in the scheduler's queue before it is answered: longer than any other request of the page.
const QUEUE_TIMEOUT_MS = 10 * 60_000;

/** The ledger's claims page by page, newest first. What was shown stays while another filter is read. */
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

/** The newest claims of a filter in one piece, up to 500. */
export const claimListQuery = (filter: ClaimFilter) =>
  queryOptions({
    queryKey: [...keys.claimLists, filter],
    queryFn: ({ signal }) =>
      api.get(withQuery(paths.claims(), { ...filter, limit: MOST }), claimsResponse, { signal }),
  });

/** One claim with its transitions. */
export const claimQuery = (id: string) =>
  queryOptions({
    queryKey: keys.claim(id),
    queryFn: ({ signal }) => api.get(paths.claim(id), claimDetail, { signal }),
  });

/** The later tries of one claim, newest first: the ledger's search looks in ids, and so in whose try a claim is. */
export const retriesQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.claims, 'retries', id],
    queryFn: ({ signal }) =>
      api.get(withQuery(paths.claims(), { state: 'all', q: id, limit: 50 }), claimsResponse, { signal }),
    select: ({ claims }) => claims.filter(({ retryOf }) => retryOf === id),
  });

/** Where the server makes the file of what a filter shows. */
export const exportHref = (filter: ClaimFilter, format: 'csv' | 'json'): string =>
  withQuery(paths.claimsExport(), { ...filter, format });

/**
 * Claims an instance; with `spawn` given it is spawned at once. The answer is the claim as the ledger has it; it can
 * take as long as the function's queue.
 */
export function useNewClaim() {
  return useChange((body: ClaimRequest) =>
    api.post(paths.claims(), body, claim, { timeoutMs: QUEUE_TIMEOUT_MS }),
  );
}

/** Spawns a claimed instance. */
export function useSpawn(id: string) {
  return useChange((body: SpawnRequest) => api.post(paths.claimSpawn(id), body, claim));
}

/** Gives an instance back to its pool. */
export function useRelease(id: Claim['id']) {
  return useChange(() => api.post(paths.claimRelease(id), {}, claim));
}

/** Gives up a claim that waits for an instance. */
export function useCancel() {
  return useChange((id: Claim['id']) => api.post(paths.claimCancel(id), {}, claim));
}

/** Tries a failed claim again with the same variables; answers with the new claim. */
export function useRetry(id: Claim['id']) {
  return useChange(() => api.post(paths.claimRetry(id), {}, claim, { timeoutMs: QUEUE_TIMEOUT_MS }));
}

/** Takes over a running instance whose token is known. */
export function useAdopt() {
  return useChange((body: AdoptRequest) => api.post(paths.claimsAdopt(), body, claim));
}

/** Releases every open claim of the person, of one function or of all. */
export function useReleaseMine() {
  return useChange((body: { containerId?: string }) =>
    api.post(paths.claimsReleaseMine(), body, releaseMineResponse),
  );
}

/** Token and variables of a claim. The server puts it on record; no cache holds the answer. */
export const revealClaim = (id: Claim['id']) => api.post(paths.claimReveal(id), {}, claimSecrets);

/** A change to claims: lists and pools are read again, and the cache forgets what was sent as soon as it is done. */
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
