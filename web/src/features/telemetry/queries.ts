import { paths } from '@cyclorama/shared/paths.ts';
import { telemetryResponse, topResponse } from '@cyclorama/shared/telemetry.ts';
import type { TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { keepPreviousData, queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';

import { getConnection, useTelemetryTick } from '../../api/connection.ts';
import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { indexTopology, useTopology } from '../../api/use-topology.ts';
import { shortenId } from '../../lib/ids.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { edgesOf } from '../../lib/time-range.ts';
import type { TimeSpan } from '../../lib/time-range.ts';
import { earlierKinds } from './earlier.rules.ts';
import type { EarlierKind } from './earlier.rules.ts';
import { mergeAnswers, MOST_POINTS, isTailDue } from './rules.ts';

const EARLIER_MS = 60_000;

/** A container is measured as its instances, one series each. */
export type Target = { kind: 'instance' | 'container'; id: string };

export function useNameOf(): (id: string) => string {
  const { data } = useTopology();
  return (id) => (data === undefined ? undefined : indexTopology(data).byId.get(id)?.name) ?? shortenId(id);
}

/** A live span ends at `latestAt()` (epoch milliseconds) at each read; all of it is `agoMs` earlier. */
export const telemetryQuery = ({ kind, id }: Target, span: TimeSpan, latestAt: () => number, agoMs = 0) =>
  queryOptions({
    // The end of a live span is not in the key: each read replaces the one before.
    // oxlint-disable-next-line tanstack-query/exhaustive-deps
    queryKey: [...keys.telemetry, kind, id, span, agoMs],
    queryFn: ({ signal }) => {
      const path = kind === 'instance' ? paths.instanceTelemetry(id) : paths.containerTelemetry(id);
      const { from, to } = edgesOf(span, latestAt());
      const query = { from: from - agoMs, to: to - agoMs, points: MOST_POINTS };
      return api.get(withQuery(path, query), telemetryResponse, { signal });
    },
    placeholderData: keepPreviousData,
  });

/** Read again with each round of samples, like every query under `top`. */
export const busiestQuery = queryOptions({
  queryKey: [...keys.telemetry, 'top', 'busiest'],
  queryFn: ({ signal }) =>
    api.get(withQuery(paths.topTelemetry(), { measure: 'cpu', limit: 10 }), topResponse, { signal }),
});

/**
 * One result per target, and all of them merged. The merged answer keeps its identity while nothing changes. A live
 * span follows the event stream's ticks, but refetches only when a new point is due.
 */
export function useTelemetry(targets: Target[], span: TimeSpan) {
  const tick = useTelemetryTick();
  // A live range ends at the newest sample; without a live stream at the server's clock.
  const latestAt = () => (tick !== 0 && getConnection().state === 'live' ? tick : serverNow());
  const collected = useQueries({
    queries: targets.map((target) => telemetryQuery(target, span, latestAt)),
    combine: collect,
  });
  useEffect(() => {
    if (!span.live || tick === 0) return;
    for (const { data, isFetching, refetch } of collected.results) {
      if (data !== undefined && !isFetching && isTailDue(data, tick)) void refetch();
    }
    // Runs on ticks only, not on new results.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [tick]);
  return collected;
}

/** Of a day or a week before; nobody waits for it, so it is read again once a minute only. */
export function useEarlier(target: Target, span: TimeSpan, kind: EarlierKind | undefined) {
  const agoMs = kind === undefined ? 0 : earlierKinds[kind].ms;
  return useQuery({
    ...telemetryQuery(target, span, serverNow, agoMs),
    enabled: kind !== undefined,
    refetchInterval: span.live && kind !== undefined ? EARLIER_MS : false,
  });
}

function collect(results: UseQueryResult<TelemetryResponse>[]) {
  return { results, merged: mergeAnswers(results.flatMap(({ data }) => data ?? [])) };
}
