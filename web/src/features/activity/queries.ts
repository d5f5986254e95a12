import { activityPage } from '@cyclorama/shared/activity.ts';
import { jobsResponse } from '@cyclorama/shared/jobs.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import type { ActivitySearch } from './search.ts';

const PAGE_SIZE = 50;

/** The event stream prepends new entries to the unfiltered log. */
export function activityQuery({ actor, action, subject }: ActivitySearch) {
  const isFiltered = [actor, action, subject].some((value) => value !== undefined);
  return infiniteQueryOptions({
    queryKey: isFiltered
      ? [...keys.activity, 'filtered', { actor, action, subject }]
      : [...keys.activity, 'list', {}],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ signal, pageParam }) =>
      api.get(
        withQuery(paths.activity(), { before: pageParam, limit: PAGE_SIZE, actor, action, subject }),
        activityPage,
        { signal },
      ),
    getNextPageParam: (page) => page.nextBefore ?? undefined,
  });
}

export const jobsQuery = queryOptions({
  queryKey: keys.jobs,
  queryFn: ({ signal }) => api.get(paths.jobs(), jobsResponse, { signal }),
  refetchInterval: 15_000,
});
