import { alertsWithinResponse } from '@cyclorama/shared/alerts.ts';
import { objectEventsPage } from '@cyclorama/shared/object-events.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { api, withQuery } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import type { Target } from '../queries.ts';
import { alertMarks, marksOf } from './rules.ts';
import type { ChartMark } from './rules.ts';

const MOST_MARKS = 200;
/** A live range moves on; what is marked is read again a few times while one range's length goes by. */
const READS_PER_RANGE = 10;

const none: ChartMark[] = [];

/** Events and alerts, read again when the event stream names them. While they can't be read the chart has no marks of them. */
export function useMarks({ kind, id }: Target, { from, to }: { from: number; to: number }): ChartMark[] {
  const step = Math.max(1, Math.round((to - from) / READS_PER_RANGE));
  const since = Math.floor(from / step) * step;
  const until = Math.ceil(to / step) * step;
  const within = { of: id, from: new Date(since).toISOString(), to: new Date(until).toISOString() };
  const { data: fired } = useQuery({
    queryKey: [...keys.alerts, 'within', id, since, until],
    enabled: id !== '',
    queryFn: ({ signal }) =>
      api.get(withQuery(paths.alertsWithin(), within), alertsWithinResponse, { signal }),
    placeholderData: keepPreviousData,
  });
  const { data } = useQuery({
    queryKey: [...keys.objectEvents(id), 'marks', since, until],
    queryFn: ({ signal }) => {
      const query = { ...within, only: 'notable', limit: MOST_MARKS };
      return api.get(withQuery(paths.environmentEvents(), query), objectEventsPage, { signal });
    },
    placeholderData: keepPreviousData,
  });
  return useMemo(() => {
    const events = data === undefined ? none : marksOf(data.events, { kind }, { from, to });
    const alerts = fired === undefined ? none : alertMarks(fired.alerts, { from, to });
    return [...events, ...alerts].toSorted((a, b) => a.at - b.at);
  }, [data, fired, kind, from, to]);
}
