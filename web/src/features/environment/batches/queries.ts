import { taskBatchDetail, taskBatches } from '@cyclorama/shared/environment.ts';
import type { TaskBatchRequest } from '@cyclorama/shared/environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import { useChange } from '../../../api/use-change.ts';

export const batchesQuery = queryOptions({
  queryKey: keys.taskBatchList,
  queryFn: ({ signal }) => api.get(paths.taskBatches(), taskBatches, { signal }),
});

export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: keys.taskBatch(id),
    queryFn: ({ signal }) => api.get(paths.taskBatch(id), taskBatchDetail, { signal }),
  });

export const useStartBatch = () =>
  useChange({
    change: (body: TaskBatchRequest, key) => api.post(paths.taskBatches(), body, taskBatchDetail, { key }),
  });

export function useStopBatch(id: string) {
  const client = useQueryClient();
  return useChange({
    change: (_: void, key) => api.post(paths.taskBatchStop(id), undefined, taskBatchDetail, { key }),
    onSuccess: (batch) => client.setQueryData(keys.taskBatch(id), batch),
  });
}
