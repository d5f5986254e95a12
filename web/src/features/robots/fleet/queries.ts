import { paths } from '@cyclorama/shared/paths.ts';
import {
  deploymentDetail,
  nicknameResponse,
  robotTimeline,
  usageResponse,
  watchResponse,
} from '@cyclorama/shared/robot-fleet.ts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';

import { api, withQuery } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import { useChange } from '../../../api/use-change.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import type { TimeSpan } from '../../../lib/time-range.ts';
import { axisOf } from './timeline.rules.ts';
import { usageSpans } from './usage.rules.ts';
import type { UsageSpan } from './usage.rules.ts';

export const deploymentQuery = (id: string) =>
  queryOptions({
    queryKey: keys.deployment(id),
    queryFn: ({ signal }) => api.get(paths.deployment(id), deploymentDetail, { signal }),
  });

export function useWatch(deploymentId: string) {
  const client = useQueryClient();
  return useChange({
    change: (watch: boolean) => {
      const path = paths.deploymentWatch(deploymentId);
      return watch ? api.post(path, {}, watchResponse) : api.delete(path, watchResponse);
    },
    onSuccess: ({ watching }) =>
      client.setQueryData(deploymentQuery(deploymentId).queryKey, (old) =>
        old === undefined ? old : { ...old, watching },
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.deployment(deploymentId) }),
  });
}

export function useNickname(deploymentId: string) {
  const client = useQueryClient();
  return useChange({
    change: (nickname: string | null) =>
      api.put(paths.deploymentNickname(deploymentId), { nickname }, nicknameResponse),
    onSettled: () =>
      Promise.all(
        [keys.deployment(deploymentId), keys.deployments, keys.bookings].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

export const rangeOf = (span: UsageSpan, now: number) => ({ from: now - usageSpans[span].ms, to: now });

export const usageQuery = (span: UsageSpan) =>
  queryOptions({
    queryKey: [...keys.robotUsage, span],
    queryFn: ({ signal }) =>
      api.get(withQuery(paths.robotUsage(), rangeOf(span, serverNow())), usageResponse, { signal }),
  });

export const timelineQuery = (span: TimeSpan, deployment?: string) =>
  queryOptions({
    queryKey: [...keys.robotTimelines, span, deployment],
    refetchInterval: 60_000,
    queryFn: ({ signal }) => {
      const query = { ...axisOf(span, serverNow()), ...(deployment === undefined ? {} : { deployment }) };
      return api.get(withQuery(paths.robotTimeline(), query), robotTimeline, { signal });
    },
  });
