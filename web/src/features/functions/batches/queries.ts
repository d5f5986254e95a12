import type { BatchRequest, BatchStopRequest, ClaimBatch } from '@cyclorama/shared/claims.ts';
import { batchesResponse, claimBatch } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';

/** Batches of runs, newest first; kept current by the event stream. */
export const batchesQuery = queryOptions({
  queryKey: keys.claimBatchList,
  queryFn: ({ signal }) => api.get(paths.claimBatches(), batchesResponse, { signal }),
});

/** One batch with its progress; kept current by the event stream. */
export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: keys.claimBatch(id),
    queryFn: ({ signal }) => api.get(paths.claimBatch(id), claimBatch, { signal }),
  });

/** Starts many runs of one function. The variables live only in the request. */
export function useNewBatch() {
  const take = useTakeIn();
  return useMutation({
    mutationFn: (body: BatchRequest) => api.post(paths.claimBatches(), body, claimBatch),
    onSuccess: take,
    gcTime: 0,
  });
}

/** Starts no more runs of a batch; with `release` those open are released as well. */
export function useStopBatch(id: ClaimBatch['id']) {
  const take = useTakeIn();
  return useMutation({
    mutationFn: (body: BatchStopRequest) => api.post(paths.claimBatchStop(id), body, claimBatch),
    onSuccess: take,
  });
}

/** Puts an answered batch into the cache, and asks for the list again. */
function useTakeIn() {
  const client = useQueryClient();
  return (batch: ClaimBatch) => {
    client.setQueryData(keys.claimBatch(batch.id), batch);
    return client.invalidateQueries({ queryKey: keys.claimBatchList });
  };
}
