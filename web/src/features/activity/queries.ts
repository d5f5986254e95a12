import { activityHead, activityOutcome, activityPage } from '@cyclorama/shared/activity.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { timelineOutcome, timelinePage } from '@cyclorama/shared/timeline.ts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import type { ActivitySearch } from './search.ts';

const PAGE_SIZE = 50;
/** Cycle's jobs send no events. */
const JOBS_MS = 15_000;

export function timelineQuery({ kind, actor, subject, outcome, from, to }: ActivitySearch) {
  const filter = { kind, actor, subject, outcome: timelineOutcome.safeParse(outcome).data, from, to };
  return infiniteQueryOptions({
    queryKey: [...keys.timeline, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      api.get(withQuery(paths.timeline(), { ...filter, before: pageParam, limit: PAGE_SIZE }), timelinePage, {
        signal,
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: JOBS_MS,
    placeholderData: keepPreviousData,
  });
}

const recordFilter = (search: ActivitySearch) => ({
  ...search,
  view: undefined,
  kind: undefined,
  outcome: activityOutcome.safeParse(search.outcome).data,
});

/** The event stream prepends new entries to the unfiltered log, or makes it read again. */
export function activityQuery(search: ActivitySearch, isAdmin: boolean) {
  const filter = recordFilter(search);
  // Events lack what only admins see, so their list is read again, as a filtered one is.
  const isReadAgain = isAdmin || Object.values(filter).some((value) => value !== undefined);
  return infiniteQueryOptions({
    queryKey: isReadAgain ? [...keys.activity, 'filtered', filter] : [...keys.activity, 'list', {}],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ signal, pageParam }) =>
      api.get(withQuery(paths.activity(), { ...filter, before: pageParam, limit: PAGE_SIZE }), activityPage, {
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
  withQuery(paths.activityExport(), { ...recordFilter(search), format });
