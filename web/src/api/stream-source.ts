const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 8000;
const CHECK_EVERY_MS = 1000;
/**
 * How long a stream opened anew may take to its first event. Short at first, as the browser may have sent the request
 * over a kept connection that died without notice; twice as long each time, as the network may just be slow.
 */
const FIRST_EVENT_MS = 2000;

export type SourceDeps = {
  open: (url: string) => EventSource;
  now: () => number;
  /** 0…1: spreads the reconnects of many browsers. */
  random: () => number;
};

export type SourceOptions = {
  url: string;
  /** The server's heartbeat interval. */
  heartbeatMs: number;
  /** The first connection gets what happened since this event; empty: only what happens from then on. */
  since: string;
  onEvent: (data: string) => void;
  /** The connection broke or fell silent; it reconnects by itself. */
  onDown: () => void;
};

export type Source = {
  /** Reconnects at once unless an event came just now: after sleep, or when the network is back. */
  check: () => void;
  stop: () => void;
};

/**
 * Keeps one `EventSource` open. Doesn't rely on the browser's retry, which never notices a silent open connection: here
 * two missed heartbeats close it. Reconnects with backoff and continues after the last id.
 */
export function startSource(options: SourceOptions, { open, now, random }: SourceDeps): Source {
  const { url, heartbeatMs, since, onEvent, onDown } = options;
  let source: EventSource | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = FIRST_RETRY_MS;
  let lastId = since;
  const longestSilenceMs = heartbeatMs * 2;
  let receivedAt = now();
  let hasSpoken = false;
  let firstEventMs = longestSilenceMs;

  const close = () => {
    source?.close();
    source = null;
    clearTimeout(retryTimer);
  };
  const connect = () => {
    close();
    // Silence is counted from here, before the first event too.
    receivedAt = now();
    hasSpoken = false;
    const current = open(lastId === '' ? url : `${url}?lastEventId=${encodeURIComponent(lastId)}`);
    source = current;
    current.addEventListener('message', (message: MessageEvent<string>) => {
      if (source !== current) return;
      receivedAt = now();
      hasSpoken = true;
      retryMs = FIRST_RETRY_MS;
      firstEventMs = FIRST_EVENT_MS;
      if (message.lastEventId !== '') lastId = message.lastEventId;
      onEvent(message.data);
    });
    current.addEventListener('error', () => {
      if (source === current) retry();
    });
  };
  const retry = () => {
    close();
    onDown();
    retryTimer = setTimeout(connect, retryMs * (0.75 + random() / 2));
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };
  const watch = setInterval(() => {
    if (source === null || now() - receivedAt <= (hasSpoken ? longestSilenceMs : firstEventMs)) return;
    if (!hasSpoken) firstEventMs = Math.min(firstEventMs * 2, longestSilenceMs);
    retry();
  }, CHECK_EVERY_MS);
  connect();
  return {
    check() {
      const silenceMs = hasSpoken ? heartbeatMs * 1.2 : FIRST_EVENT_MS;
      retryMs = FIRST_RETRY_MS;
      firstEventMs = FIRST_EVENT_MS;
      if (source !== null && now() - receivedAt < silenceMs) return;
      connect();
    },
    stop() {
      clearInterval(watch);
      close();
    },
  };
}
