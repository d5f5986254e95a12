import { instanceDetail, task, taskBatchDetail } from '@cyclorama/shared/environment.ts';
import type { Task, TaskAction, TaskBatchRequest } from '@cyclorama/shared/environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import { useChange } from '../../../api/use-change.ts';

export const instanceQuery = (id: string) =>
  queryOptions({
    queryKey: keys.instance(id),
    queryFn: ({ signal }) => api.get(paths.instance(id), instanceDetail, { signal }),
  });

/** The newest task of an instance, from the event stream or from this page's own request. */
export const useTask = (instanceId: string): Task | null =>
  useQuery<Task | null>({ queryKey: keys.tasks(instanceId), queryFn: skipToken, staleTime: Infinity }).data ??
  null;

/** The response is the accepted task; its outcome arrives on the event stream. */
export function useSendTask(instanceId: string) {
  const client = useQueryClient();
  return useChange({
    change: (action: TaskAction, key) => api.post(paths.instanceTasks(instanceId), { action }, task, { key }),
    onSuccess: (sent) => {
      client.setQueryData<Task | null>(keys.tasks(instanceId), (old) => (old?.id === sent.id ? old : sent));
      void client.invalidateQueries({ queryKey: keys.instance(instanceId) });
    },
  });
}

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
