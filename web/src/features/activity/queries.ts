import { activityHead, activityPage } from '@cyclorama/shared/activity.ts';
import { jobsResponse } from '@cyclorama/shared/jobs.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import type { ActivitySearch } from './search.ts';

const PAGE_SIZE = 50;

/** The event stream prepends new entries to the unfiltered log, or makes it read again. */
export function activityQuery(search: ActivitySearch, isAdmin: boolean) {
  // Events lack what only admins see, so their list is read again, as a filtered one is.
  const isReadAgain = isAdmin || Object.values(search).some((value) => value !== undefined);
  return infiniteQueryOptions({
    queryKey: isReadAgain ? [...keys.activity, 'filtered', search] : [...keys.activity, 'list', {}],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ signal, pageParam }) =>
      api.get(withQuery(paths.activity(), { ...search, before: pageParam, limit: PAGE_SIZE }), activityPage, {
        signal,
      }),
    getNextPageParam: (page) => page.nextBefore ?? undefined,
  });
}

export const headQuery = queryOptions({
  queryKey: [...keys.activity, 'head'],
  queryFn: ({ signal }) => api.get(paths.activityHead(), activityHead, { signal }),
  refetchInterval: 60_000,
});

export const exportHref = (search: ActivitySearch, format: 'csv' | 'jsonl'): string =>
  withQuery(paths.activityExport(), { ...search, format });

export const jobsQuery = queryOptions({
  queryKey: keys.jobs,
  queryFn: ({ signal }) => api.get(paths.jobs(), jobsResponse, { signal }),
  refetchInterval: 15_000,
});
