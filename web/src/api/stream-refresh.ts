import type { UpstreamsResponse } from '@cyclorama/shared/common.ts';
import type { Query, QueryClient } from '@tanstack/react-query';

import { createThrottle } from './batch.ts';
import { getConnection } from './connection.ts';
import { freshnessOf } from './freshness.ts';
import { keys } from './keys.ts';
import { isTransient } from './query-client.ts';

const REFRESH_EVERY_MS = 2000;
const REREAD_EVERY_MS = 5000;

export function createRefresher(client: QueryClient): {
  refresh: (key: readonly unknown[]) => void;
  stop: () => void;
} {
  const throttles = new Map<string, ReturnType<typeof createThrottle>>();
  return {
    refresh(key) {
      const name = JSON.stringify(key);
      let throttle = throttles.get(name);
      if (throttle === undefined) {
        throttle = createThrottle(() => void client.invalidateQueries({ queryKey: key }), REFRESH_EVERY_MS);
        throttles.set(name, throttle);
      }
      throttle.call();
    },
    stop() {
      for (const throttle of throttles.values()) throttle.stop();
    },
  };
}

/** True while the query shows an outage that may be over. */
export function showsOutage({ state: { data, error } }: Query): boolean {
  if (error !== null) return isTransient(error);
  const state = freshnessOf(data)?.state;
  return state === 'stale' || state === 'unavailable';
}

/**
 * While all upstreams are live, reads again every few seconds whatever still shows an outage: the recovery may have
 * been reported before the failed read.
 */
export function startRereading(client: QueryClient): () => void {
  const timer = setInterval(() => {
    if (document.hidden || getConnection().state !== 'live') return;
    const upstreams = client.getQueryData<UpstreamsResponse>(keys.upstreams)?.upstreams ?? [];
    const isOutage = upstreams.some(({ state }) => state === 'stale' || state === 'unavailable');
    void client.invalidateQueries(
      { predicate: (query) => (isOutage ? query.state.error !== null : true) && showsOutage(query) },
      { cancelRefetch: false },
    );
  }, REREAD_EVERY_MS);
  return () => clearInterval(timer);
}
