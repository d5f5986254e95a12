import { objectEventsPage } from '@cyclorama/shared/object-events.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { infiniteQueryOptions } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { edgesOf } from '../../lib/time-range.ts';
import type { TimeSpan } from '../../lib/time-range.ts';

/** Of all objects' events: the one that is to be seen is on the first page with a few after it. */
const NEWER_SHOWN = 100;

/**
 * Read again when the event stream names the object. `shown` is the event that is to be seen, whatever the `span` (null:
 * all times).
 */
export const objectEventsQuery = (of: string, shown: number | undefined, span: TimeSpan | null) =>
  infiniteQueryOptions({
    queryKey: [...keys.objectEvents(of), 'list', shown ?? span],
    initialPageParam: shown === undefined ? undefined : shown + NEWER_SHOWN,
    queryFn: ({ signal, pageParam }) =>
      api.get(
        withQuery(paths.environmentEvents(), {
          of,
          before: pageParam,
          limit: 50,
          ...(shown === undefined && span !== null && timesOf(span)),
        }),
        objectEventsPage,
        { signal },
      ),
    getNextPageParam: (page) => page.nextBefore ?? undefined,
  });

/** A live range has no end. */
function timesOf(span: TimeSpan) {
  const { from, to } = edgesOf(span, serverNow());
  return {
    from: new Date(from).toISOString(),
    to: span.live ? undefined : new Date(to).toISOString(),
  };
}
