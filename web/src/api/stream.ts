import { upstreamsResponse } from '@cyclorama/shared/common.ts';
import { serverEvent } from '@cyclorama/shared/events.ts';
import type { ServerEvent } from '@cyclorama/shared/events.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import type { QueryClient } from '@tanstack/react-query';

import { setServerClock } from '../lib/server-clock.ts';
import { createBatch, createThrottle } from './batch.ts';
import { setConnection } from './connection.ts';
import { ApiError, api } from './http.ts';
import { keys } from './keys.ts';
import { applyEvents } from './stream-events.ts';

const POLL_AFTER_MS = 5000;
const POLL_EVERY_MS = 15_000;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;
const REFRESH_EVERY_MS = 2000;

/** What the stream asks of the browser; given so that tests need no network. */
export type StreamDeps = {
  open: (url: string) => EventSource;
  now: () => number;
  /** 0…1: spreads the reconnects of many browsers. */
  random: () => number;
};

/** Reads again what a key names, each key at most every two seconds. */
function createRefresher(client: QueryClient): {
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

/** Reads everything shown again every 15 s; one small call first tells whether there is a way at all. */
function createPoller(client: QueryClient, now: () => number): { start: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const poll = async () => {
    try {
      client.setQueryData(keys.upstreams, await api.get(paths.upstreams(), upstreamsResponse));
      if (timer === null) return;
      setConnection('delayed', now());
      await client.invalidateQueries();
    } catch (error) {
      if (timer !== null && error instanceof ApiError && error.status === 0) setConnection('offline', now());
    }
    if (timer !== null) timer = setTimeout(() => void poll(), POLL_EVERY_MS);
  };
  return {
    start() {
      timer ??= setTimeout(() => void poll(), 0);
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

function parseEvent(data: string): ServerEvent | null {
  try {
    const parsed = serverEvent.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * Keeps the cache current from `GET /api/events` until stopped. The browser's own retry is used while it retries;
 * where it gives up (a non-200 answer closes an EventSource for good) this opens anew, later each time. A stream
 * opened anew has no `Last-Event-ID`, so everything is read again then. After five seconds without a stream,
 * polling takes over until it is back.
 */
export function startStream(client: QueryClient, deps: StreamDeps): () => void {
  const { refresh, stop: stopRefresher } = createRefresher(client);
  const batch = createBatch<ServerEvent>((events) => applyEvents(client, events, refresh));
  const poller = createPoller(client, deps.now);
  let source: EventSource | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let downTimer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = FIRST_RETRY_MS;
  let isFirst = true;

  const up = () => {
    clearTimeout(downTimer);
    downTimer = undefined;
    retryMs = FIRST_RETRY_MS;
    poller.stop();
    setConnection('live', deps.now());
  };
  const down = () => {
    downTimer ??= setTimeout(() => {
      setConnection('delayed', deps.now() - POLL_AFTER_MS);
      poller.start();
    }, POLL_AFTER_MS);
  };
  const connect = () => {
    // What was read before the first stream was open may have missed a change since; a later one missed it surely.
    const openedAt = deps.now();
    const wasFirst = isFirst;
    isFirst = false;
    let greeted = false;
    const current = deps.open(paths.events());
    source = current;
    current.addEventListener('message', (message: MessageEvent<string>) => {
      const event = parseEvent(message.data);
      if (event === null) {
        refresh(keys.topology);
        return;
      }
      if (event.type === 'hello') setServerClock(event.serverTime, deps.now());
      if (event.type === 'hello' && !greeted) {
        greeted = true;
        const isOld = (updatedAt: number) => !wasFirst || (updatedAt > 0 && updatedAt < openedAt);
        void client.invalidateQueries({ predicate: (query) => isOld(query.state.dataUpdatedAt) });
      }
      batch.add(event);
    });
    current.addEventListener('open', up);
    current.addEventListener('error', () => {
      down();
      if (current.readyState !== EventSource.CLOSED) return;
      current.close();
      clearTimeout(retryTimer);
      retryTimer = setTimeout(connect, retryMs * (0.75 + deps.random() / 2));
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    });
  };
  down();
  connect();
  return () => {
    source?.close();
    clearTimeout(retryTimer);
    clearTimeout(downTimer);
    poller.stop();
    batch.stop();
    stopRefresher();
  };
}
