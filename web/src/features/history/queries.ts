import { difference, recordedHistory } from '@cyclorama/shared/history.ts';
import { objectEventsPage } from '@cyclorama/shared/object-events.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';

const MINUTE_MS = 60_000;
const MOST_MARKS = 200;

export const recordedQuery = queryOptions({
  queryKey: keys.history,
  queryFn: ({ signal }) => api.get(paths.history(), recordedHistory, { signal }),
  refetchInterval: MINUTE_MS,
});

/** The newest that deserve a mark since then, epoch milliseconds. */
export const marksQuery = (since: number) =>
  queryOptions({
    queryKey: [...keys.allObjectEvents, 'marks', since],
    queryFn: ({ signal }) =>
      api.get(
        withQuery(paths.environmentEvents(), {
          from: new Date(since).toISOString(),
          only: 'notable',
          limit: MOST_MARKS,
        }),
        objectEventsPage,
        { signal },
      ),
    placeholderData: keepPreviousData,
  });

export const differenceQuery = (from: number, to: number) =>
  queryOptions({
    queryKey: [...keys.history, 'difference', from, to],
    queryFn: ({ signal }) =>
      api.get(withQuery(paths.historyDifference(), { from, to }), difference, { signal }),
  });
