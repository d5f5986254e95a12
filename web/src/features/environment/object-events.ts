import { objectEventsPage } from '@cyclorama/shared/object-events.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { infiniteQueryOptions } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';

/** Of all objects' events: the one that is to be seen is on the first page with a few after it. */
const NEWER_SHOWN = 100;

/** Read again when the event stream names the object. `shown` is the event that is to be seen. */
export const objectEventsQuery = (of: string, shown?: number) =>
  infiniteQueryOptions({
    queryKey: [...keys.objectEvents(of), 'list', shown],
    initialPageParam: shown === undefined ? undefined : shown + NEWER_SHOWN,
    queryFn: ({ signal, pageParam }) =>
      api.get(withQuery(paths.environmentEvents(), { of, before: pageParam, limit: 50 }), objectEventsPage, {
        signal,
      }),
    getNextPageParam: (page) => page.nextBefore ?? undefined,
  });
