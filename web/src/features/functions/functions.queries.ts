import type { Claim, ClaimRequest, SpawnRequest } from '@cyclorama/shared/claims.ts';
import { claim, claimDetail, claimsResponse, functionsResponse } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { useNow } from '../../lib/now.ts';

export type ClaimFilter = 'open' | 'ended' | 'all';

/** The pools of all function containers. */
export const functionsQuery = queryOptions({
  queryKey: keys.functions,
  queryFn: ({ signal }) => api.get(paths.functions(), functionsResponse, { signal }),
});

/**
 * The ledger's claims, newest first. `clockAhead` is how far the server's clock is ahead of this browser's, in
 * milliseconds: deadlines are counted on the server's.
 */
export const claimsQuery = (state: ClaimFilter) =>
  queryOptions({
    queryKey: [...keys.claimLists, state],
    queryFn: async ({ signal }) => {
      const answer = await api.get(withQuery(paths.claims(), { state, limit: 500 }), claimsResponse, {
        signal,
      });
      return { ...answer, clockAhead: Date.parse(answer.serverTime) - Date.now() };
    },
  });

/** One claim with its transitions. */
export const claimQuery = (id: string) =>
  queryOptions({
    queryKey: keys.claim(id),
    queryFn: ({ signal }) => api.get(paths.claim(id), claimDetail, { signal }),
  });

/** The server's time in epoch milliseconds, renewed every second; the browser's until the server was heard. */
export function useServerNow(): number {
  const now = useNow();
  const { data } = useQuery({ ...claimsQuery('open'), select: (answer) => answer.clockAhead });
  return now + (data ?? 0);
}

/** Claims an instance; with `spawn` given it is spawned at once. The answer is the claim as the ledger has it. */
export function useNewClaim() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: ClaimRequest) => api.post(paths.claims(), body, claim),
    onSettled: refresh,
    gcTime: 0,
  });
}

/** Spawns a claimed instance. The variables live only in the request: the cache forgets them when it is done. */
export function useSpawn(id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: SpawnRequest) => api.post(paths.claimSpawn(id), body, claim),
    onSettled: refresh,
    gcTime: 0,
  });
}

/** Gives an instance back to its pool. */
export function useRelease(id: Claim['id']) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => api.post(paths.claimRelease(id), {}, claim),
    onSettled: refresh,
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.claims }),
      client.invalidateQueries({ queryKey: keys.functions }),
    ]);
}
