import { upstreamsResponse } from '@cyclorama/shared/common.ts';
import { HEARTBEAT_MS, serverEvent } from '@cyclorama/shared/events.ts';
import type { ServerEvent } from '@cyclorama/shared/events.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import type { QueryClient } from '@tanstack/react-query';

import { basePath } from '../lib/base-path.ts';
import { setServerClock } from '../lib/server-clock.ts';
import { createBatch } from './batch.ts';
import { api, eventIdOfSession, isUnreachable } from './http.ts';
import { keys } from './keys.ts';
import { endSession } from './session.ts';
import { applyEvents } from './stream-events.ts';
import type { FromHub } from './stream-hub.ts';
import { openLink } from './stream-link.ts';
import { createMonitor } from './stream-monitor.ts';
import { createRefresher, startRereading } from './stream-refresh.ts';

const PROBE_TIMEOUT_MS = 4000;
/** Half of several requests asked at once are given up after this, so that others have a connection to go over. */
const SHORT_TIMEOUT_MS = 1500;
const CONNECTIONS = 6;

export type StreamOptions = {
  /** Whose page this is: events of another person's stream are not for it. */
  person: string;
  /** Pages of the same session share one stream. */
  session: string;
};

function parseEvent(data: string): ServerEvent | null {
  try {
    const parsed = serverEvent.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * Asks whether anything answers, by the smallest call there is that also tells something. After one that got no answer
 * several ask at once: each kept connection that died without notice swallows one request, and a browser keeps up to six.
 */
function createProbe(client: QueryClient): () => Promise<boolean> {
  let tries = 1;
  const ask = async (signal: AbortSignal): Promise<boolean> => {
    try {
      // Past the browser's cache, which lets one of several equal requests go at a time.
      const init = { signal, cache: 'no-store' } as const;
      client.setQueryData(keys.upstreams, await api.get(paths.upstreams(), upstreamsResponse, init));
      return true;
    } catch (error) {
      if (isUnreachable(error)) throw error;
      return true;
    }
  };
  const askTwice = (signal: AbortSignal) =>
    ask(AbortSignal.any([signal, AbortSignal.timeout(SHORT_TIMEOUT_MS)])).catch(() => ask(signal));
  return async () => {
    const startedAt = Date.now();
    const enough = new AbortController();
    const signal = AbortSignal.any([enough.signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]);
    const asked = Array.from({ length: tries }, (_, nth) => (nth % 2 === 0 ? ask(signal) : askTwice(signal)));
    const isReached = await Promise.any(asked).catch(() => false);
    enough.abort();
    // A connection that is refused fails at once, and one request is enough to learn that.
    tries = isReached || Date.now() - startedAt < SHORT_TIMEOUT_MS ? 1 : CONNECTIONS;
    return isReached;
  };
}

/** Keeps the cache current from `GET /api/events`, or by reading where no events come, until stopped. */
export function startStream(client: QueryClient, { person, session }: StreamOptions): () => void {
  const { refresh, stop: stopRefresher } = createRefresher(client);
  const batch = createBatch<ServerEvent>((events) => applyEvents(client, events, refresh));
  const stopRereading = startRereading(client);
  const startedAt = Date.now();
  const readAnew = () => void client.invalidateQueries();

  const monitor = createMonitor({
    heartbeatMs: HEARTBEAT_MS,
    now: Date.now,
    random: Math.random,
    probe: createProbe(client),
    check: () => link.send({ kind: 'check' }),
    read: () => void client.invalidateQueries({}, { cancelRefetch: false }),
    onBack: readAnew,
  });
  /** For a stream that was open before: what the page read before it was listening may have missed a change since. */
  const readWhatIsOlder = () => {
    const isOld = (updatedAt: number) => updatedAt > 0 && updatedAt < startedAt;
    void client.invalidateQueries({ predicate: ({ state }) => isOld(state.dataUpdatedAt) });
  };
  const take = (data: string, at: number) => {
    const event = parseEvent(data);
    if (event?.type === 'hello' && event.person !== person) {
      endSession(`This browser is signed in as ${event.person} now.`);
      return;
    }
    if (event === null) refresh(keys.topology);
    else batch.add(event);
    if (event?.type === 'hello' || event?.type === 'heartbeat') setServerClock(event.serverTime, at);
    monitor.received(at);
  };
  const receive = (message: FromHub) => {
    switch (message.kind) {
      case 'attached':
        if (message.greeting === null) return;
        readWhatIsOlder();
        take(message.greeting.hello, message.greeting.receivedAt);
        setServerClock(message.greeting.serverTime, message.greeting.receivedAt);
        return;
      case 'event':
        take(message.data, Date.now());
        return;
      case 'missed':
        readAnew();
        return;
      case 'down':
        monitor.down();
        return;
      case 'checked':
        return;
    }
  };
  const link = openLink({
    session,
    receive,
    attach: () => ({
      kind: 'attach',
      url: basePath + paths.events(),
      heartbeatMs: HEARTBEAT_MS,
      since: eventIdOfSession(),
      hidden: document.hidden,
    }),
  });

  const onVisibility = () => {
    link.send({ kind: 'hidden', hidden: document.hidden });
    if (!document.hidden) monitor.recheck();
  };
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('online', monitor.recheck);
  window.addEventListener('offline', monitor.lostNetwork);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('online', monitor.recheck);
    window.removeEventListener('offline', monitor.lostNetwork);
    link.close();
    monitor.stop();
    stopRereading();
    batch.stop();
    stopRefresher();
  };
}
