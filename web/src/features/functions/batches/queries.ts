import type { BatchRequest, BatchStopRequest, ClaimBatch } from '@cyclorama/shared/claims.ts';
import { batchesResponse, claimBatch } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import { useChange } from '../../../api/use-change.ts';

export const batchesQuery = queryOptions({
  queryKey: keys.claimBatchList,
  queryFn: ({ signal }) => api.get(paths.claimBatches(), batchesResponse, { signal }),
});

export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: keys.claimBatch(id),
    queryFn: ({ signal }) => api.get(paths.claimBatch(id), claimBatch, { signal }),
  });

/** Variables are in the request only, never in the cache. */
export function useNewBatch() {
  const take = useTakeIn();
  return useChange({
    change: (body: BatchRequest, key) => api.post(paths.claimBatches(), body, claimBatch, { key }),
    onSuccess: take,
    gcTime: 0,
  });
}

export function useStopBatch(id: ClaimBatch['id']) {
  const take = useTakeIn();
  return useChange({
    change: (body: BatchStopRequest) => api.post(paths.claimBatchStop(id), body, claimBatch),
    onSuccess: take,
  });
}

function useTakeIn() {
  const client = useQueryClient();
  return (batch: ClaimBatch) => {
    client.setQueryData(keys.claimBatch(batch.id), batch);
    return client.invalidateQueries({ queryKey: keys.claimBatchList });
  };
}
