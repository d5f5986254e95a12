import { containerDetail, containerLives } from '@cyclorama/shared/environment.ts';
import type { ContainerLives } from '@cyclorama/shared/environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions, useQuery } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import { useMoment } from '../../../lib/moment.ts';

/** It is made anew twice a minute at most. */
const LIVES_MS = 60_000;

const containerLivesQuery = queryOptions({
  queryKey: keys.containerLives,
  queryFn: ({ signal }) => api.get(paths.environmentContainers(), containerLives, { signal }),
  refetchInterval: LIVES_MS,
});

export const containerQuery = (id: string) =>
  queryOptions({
    queryKey: keys.container(id),
    queryFn: ({ signal }) => api.get(paths.container(id), containerDetail, { signal }),
  });

/** Undefined while it is read, in the past, and where nothing was recorded. */
export function useContainerLife(id: string): ContainerLives['containers'][string] | undefined {
  const { data } = useQuery(containerLivesQuery);
  return useMoment() === null ? data?.containers[id] : undefined;
}
