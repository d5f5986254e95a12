import { instanceDetail, task } from '@cyclorama/shared/environment.ts';
import type { Task, TaskAction } from '@cyclorama/shared/environment.ts';
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
