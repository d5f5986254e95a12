import { jobDetail, jobsResponse } from '@cyclorama/shared/jobs.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';

import { api } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { isGoingOn } from './rules.ts';

/** Jobs send no events. */
const LIST_MS = 5_000;
const FOLLOWED_MS = 2_000;

export const jobsQuery = queryOptions({
  queryKey: [...keys.jobs, 'list'],
  queryFn: ({ signal }) => api.get(paths.jobs(), jobsResponse, { signal }),
  refetchInterval: LIST_MS,
});

/** Read again until it ends. */
export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.jobs, 'detail', id],
    queryFn: ({ signal }) => api.get(paths.job(id), jobDetail, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || isGoingOn(data.job) ? FOLLOWED_MS : false,
  });
