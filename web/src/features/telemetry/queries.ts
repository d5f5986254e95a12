import { paths } from '@cyclorama/shared/paths.ts';
import { telemetryResponse, topContainersResponse, topResponse } from '@cyclorama/shared/telemetry.ts';
import type { Aggregate, GroupBy, Measure, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
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

export type TargetKind = keyof typeof MOST_POINTS;
/**
 * A container is measured as its instances, one series each without `by`; a server and the environment `by` what is made
 * of theirs, the busiest by `measure`.
 */
export type Target = {
  kind: TargetKind;
  id: string;
  by?: GroupBy | undefined;
  measure?: Measure | undefined;
};

const targetPaths: Record<TargetKind, (id: string) => string> = {
  instance: paths.instanceTelemetry,
  container: paths.containerTelemetry,
  server: paths.serverTelemetry,
  environment: paths.environmentTelemetry,
};

export function useNameOf(): (id: string) => string {
  const { data } = useTopology();
  return (id) => (data === undefined ? undefined : indexTopology(data).byId.get(id)?.name) ?? shortenId(id);
}

/** Points no wider hold one sample: their least and most are themselves. */
const SAMPLE_MS = 10_000;

/**
 * A live span ends at `latestAt()` (epoch milliseconds) at each read; all of it is `agoMs` earlier. `extremes`: also the
 * least and the most of each point.
 */
export const telemetryQuery = (
  { kind, id, by, measure }: Target,
  span: TimeSpan,
  latestAt: () => number,
  { agoMs = 0, extremes = false }: { agoMs?: number; extremes?: boolean } = {},
) =>
  queryOptions({
    // The end of a live span is not in the key: each read replaces the one before.
    // oxlint-disable-next-line tanstack-query/exhaustive-deps
    queryKey: [...keys.telemetry, kind, id, by, measure, span, agoMs, extremes],
    queryFn: ({ signal }) => {
      const { from, to } = edgesOf(span, latestAt());
      const points = MOST_POINTS[kind];
      const isWide = extremes && to - from > points * SAMPLE_MS;
      const query = {
        from: from - agoMs,
        to: to - agoMs,
        points,
        by,
        measure,
        extremes: isWide ? 'true' : undefined,
      };
      return api.get(withQuery(targetPaths[kind](id), query), telemetryResponse, { signal });
    },
    placeholderData: keepPreviousData,
  });

/** Of its node in the topology; empty until that is read. */
export function useEnvironmentId(): string {
  const { data } = useTopology();
  return data === undefined ? '' : (indexTopology(data).byKind('environment')[0]?.id ?? '');
}

const LEAST_WINDOW_MS = 10_000;
export const MOST_WINDOW_MS = 7 * 86_400_000;
const MOST_INSTANCES = 50;

/** Read again with each round of samples, like every query under `top`. */
export const topContainersQuery = (measure: Measure, by: Aggregate, span: TimeSpan) =>
  queryOptions({
    queryKey: [...keys.telemetry, 'top', 'containers', measure, by, span],
    queryFn: ({ signal }) =>
      api.get(withQuery(paths.topContainers(), { measure, by, ...windowOf(span) }), topContainersResponse, {
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const topInstancesQuery = (container: string, measure: Measure, span: TimeSpan) =>
  queryOptions({
    queryKey: [...keys.telemetry, 'top', 'instances', container, measure, span],
    queryFn: ({ signal }) =>
      api.get(
        withQuery(paths.topTelemetry(), { measure, container, limit: MOST_INSTANCES, ...windowOf(span) }),
        topResponse,
        { signal },
      ),
    placeholderData: keepPreviousData,
  });

/** A live window ends at the server's now. */
function windowOf(span: TimeSpan): { windowMs: number; to?: number } {
  const { from, to } = edgesOf(span, 0);
  const windowMs = Math.min(MOST_WINDOW_MS, Math.max(LEAST_WINDOW_MS, to - from));
  return span.live ? { windowMs } : { windowMs, to };
}

/**
 * One result per target, and all of them merged. The merged answer keeps its identity while nothing changes. A live
 * span follows the event stream's ticks, but refetches only when a new point is due.
 */
export function useTelemetry(targets: Target[], span: TimeSpan) {
  const tick = useTelemetryTick();
  // A live range ends at the newest sample; without a live stream at the server's clock.
  const latestAt = () => (tick !== 0 && getConnection().state === 'live' ? tick : serverNow());
  // Drawn behind one line only.
  const extremes = targets.length === 1 && targets[0]?.kind === 'instance';
  const collected = useQueries({
    queries: targets.map((target) => telemetryQuery(target, span, latestAt, { extremes })),
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
    ...telemetryQuery(target, span, serverNow, { agoMs }),
    enabled: kind !== undefined,
    refetchInterval: span.live && kind !== undefined ? EARLIER_MS : false,
  });
}

function collect(results: UseQueryResult<TelemetryResponse>[]) {
  return { results, merged: mergeAnswers(results.flatMap(({ data }) => data ?? [])) };
}
