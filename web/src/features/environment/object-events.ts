import { objectEventsPage } from '@cyclorama/shared/object-events.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { infiniteQueryOptions } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';

/** Read again when the event stream names the object. */
export const objectEventsQuery = (of: string) =>
  infiniteQueryOptions({
    queryKey: keys.objectEvents(of),
    initialPageParam: undefined as number | undefined,
    queryFn: ({ signal, pageParam }) =>
      api.get(withQuery(paths.environmentEvents(), { of, before: pageParam, limit: 50 }), objectEventsPage, {
        signal,
      }),
    getNextPageParam: (page) => page.nextBefore ?? undefined,
  });
