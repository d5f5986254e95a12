import { paths } from '@cyclorama/shared/paths.ts';
import { telemetryResponse, topResponse } from '@cyclorama/shared/telemetry.ts';
import type { TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { keepPreviousData, queryOptions, useQueries } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';

import { getConnection, useTelemetryTick } from '../../api/connection.ts';
import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { indexTopology, useTopology } from '../../api/use-topology.ts';
import { shortenId } from '../../lib/ids.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { edgesOf, mergeAnswers, MOST_POINTS, tailDue } from './rules.ts';
import type { TimeSpan } from './rules.ts';

/** What is measured: one instance, or a container's instances, one series each. */
export type Target = { kind: 'instance' | 'container'; id: string };

/** Names a resource by its id: as the topology has it, else by the shortened id. */
export function useNameOf(): (id: string) => string {
  const { data } = useTopology();
  return (id) => (data === undefined ? undefined : indexTopology(data).byId.get(id)?.name) ?? shortenId(id);
}

/** A target's series over a span; a live one ends at `latestAt()` (epoch milliseconds) whenever it is read. */
export const telemetryQuery = ({ kind, id }: Target, span: TimeSpan, latestAt: () => number) =>
  queryOptions({
    // The end of a live span is no part of its name: each read of it replaces the one before.
    // oxlint-disable-next-line tanstack-query/exhaustive-deps
    queryKey: [...keys.telemetry, kind, id, span],
    queryFn: ({ signal }) => {
      const path = kind === 'instance' ? paths.instanceTelemetry(id) : paths.containerTelemetry(id);
      const { from, to } = edgesOf(span, latestAt());
      return api.get(withQuery(path, { from, to, points: MOST_POINTS }), telemetryResponse, { signal });
    },
    placeholderData: keepPreviousData,
  });

/** The busiest instances of the last hour; read again with each round of samples, as all of `top` is. */
export const busiestQuery = queryOptions({
  queryKey: [...keys.telemetry, 'top', 'busiest'],
  queryFn: ({ signal }) =>
    api.get(withQuery(paths.topTelemetry(), { measure: 'cpu', limit: 10 }), topResponse, { signal }),
});

/**
 * The targets' series over a span: a result each, and all that came as one answer. The answer stays the same object
 * while nothing in it changes. A live span follows the event stream's word of new samples, but
 * reads again only when that brings a new point.
 */
export function useTelemetry(targets: Target[], span: TimeSpan) {
  const tick = useTelemetryTick();
  // The newest sample tells best where a live range ends; where the stream is silent the server's clock does.
  const latestAt = () => (tick !== 0 && getConnection().state === 'live' ? tick : serverNow());
  const collected = useQueries({
    queries: targets.map((target) => telemetryQuery(target, span, latestAt)),
    combine: collect,
  });
  useEffect(() => {
    if (!span.live || tick === 0) return;
    for (const { data, isFetching, refetch } of collected.results) {
      if (data !== undefined && !isFetching && tailDue(data, tick)) void refetch();
    }
    // Only a tick asks for more; a result that came in asks for nothing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [tick]);
  return collected;
}

function collect(results: UseQueryResult<TelemetryResponse>[]) {
  return { results, merged: mergeAnswers(results.flatMap(({ data }) => data ?? [])) };
}
