import { objectEventsPage } from '@cyclorama/shared/object-events.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { api, withQuery } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import type { Target } from '../queries.ts';
import { marksOf } from './rules.ts';
import type { ChartMark } from './rules.ts';

const MOST_MARKS = 200;
/** A live range moves on; what is marked is read again a few times while one range's length goes by. */
const READS_PER_RANGE = 10;

const none: ChartMark[] = [];

/** Read again when the event stream names the object. While it can't be read the chart has no marks. */
export function useMarks({ kind, id }: Target, { from, to }: { from: number; to: number }): ChartMark[] {
  const step = Math.max(1, Math.round((to - from) / READS_PER_RANGE));
  const since = Math.floor(from / step) * step;
  const until = Math.ceil(to / step) * step;
  const { data } = useQuery({
    queryKey: [...keys.objectEvents(id), 'marks', since, until],
    queryFn: ({ signal }) => {
      const query = {
        of: id,
        from: new Date(since).toISOString(),
        to: new Date(until).toISOString(),
        only: 'notable',
        limit: MOST_MARKS,
      };
      return api.get(withQuery(paths.environmentEvents(), query), objectEventsPage, { signal });
    },
    placeholderData: keepPreviousData,
  });
  return useMemo(
    () => (data === undefined ? none : marksOf(data.events, { kind }, { from, to })),
    [data, kind, from, to],
  );
}
