import { activityHead, activityOutcome, activityPage } from '@cyclorama/shared/activity.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { timelineOutcome } from '@cyclorama/shared/timeline-filters.ts';
import { timelinePage } from '@cyclorama/shared/timeline.ts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { chosenSpan, edgesOf } from '../../lib/time-range.ts';
import type { ActivitySearch } from './search.ts';

const PAGE_SIZE = 50;
/** Cycle's jobs send no events. */
const JOBS_MS = 15_000;

/** A range that ends now begins anew with each read. */
function timesOf({ range, from, to }: ActivitySearch): { from?: string; to?: string } {
  const span = chosenSpan({ range, from, to });
  if (span === null) return {};
  const edges = edgesOf(span, serverNow());
  const times = { from: new Date(edges.from).toISOString() };
  return span.live ? times : { ...times, to: new Date(edges.to).toISOString() };
}

export function timelineQuery(search: ActivitySearch) {
  const { kind, actor, subject, outcome, range, from, to } = search;
  const filter = { kind, actor, subject, outcome: timelineOutcome.safeParse(outcome).data };
  return infiniteQueryOptions({
    queryKey: [...keys.timeline, filter, { range, from, to }],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      api.get(
        withQuery(paths.timeline(), { ...filter, ...timesOf(search), before: pageParam, limit: PAGE_SIZE }),
        timelinePage,
        { signal },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: JOBS_MS,
    placeholderData: keepPreviousData,
  });
}

const recordFilter = (search: ActivitySearch) => ({
  ...search,
  range: undefined,
  from: undefined,
  to: undefined,
  view: undefined,
  kind: undefined,
  outcome: activityOutcome.safeParse(search.outcome).data,
});

/** The event stream prepends new entries to the unfiltered log, or makes it read again. */
export function activityQuery(search: ActivitySearch, isAdmin: boolean) {
  const filter = recordFilter(search);
  const { range, from, to } = search;
  const times = { range, from, to };
  // Events lack what only admins see, so their list is read again, as a filtered one is.
  const isReadAgain = isAdmin || Object.values({ ...filter, ...times }).some((value) => value !== undefined);
  return infiniteQueryOptions({
    queryKey: isReadAgain ? [...keys.activity, 'filtered', filter, times] : [...keys.activity, 'list', {}],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ signal, pageParam }) =>
      api.get(
        withQuery(paths.activity(), { ...filter, ...timesOf(search), before: pageParam, limit: PAGE_SIZE }),
        activityPage,
        { signal },
      ),
    getNextPageParam: (page) => page.nextBefore ?? undefined,
  });
}

export const headQuery = queryOptions({
  queryKey: [...keys.activity, 'head'],
  queryFn: ({ signal }) => api.get(paths.activityHead(), activityHead, { signal }),
  refetchInterval: 60_000,
});

export const exportHref = (search: ActivitySearch, format: 'csv' | 'jsonl'): string =>
  withQuery(paths.activityExport(), { ...recordFilter(search), ...timesOf(search), format });
