const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 8000;
const CHECK_EVERY_MS = 2000;
/** A stream that stays silent this long after opening is replaced. */
const FIRST_WORD_MS = 2000;

/** Injected, so that tests need no network. */
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
  const { url, heartbeatMs, onEvent, onDown } = options;
  let source: EventSource | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = FIRST_RETRY_MS;
  let lastId = '';
  let heardAt = now();
  let hasSpoken = false;

  const close = () => {
    source?.close();
    source = null;
    clearTimeout(retryTimer);
  };
  const connect = () => {
    close();
    // Silence is counted from here, before the first event too.
    heardAt = now();
    hasSpoken = false;
    const current = open(lastId === '' ? url : `${url}?lastEventId=${encodeURIComponent(lastId)}`);
    source = current;
    current.addEventListener('message', (message: MessageEvent<string>) => {
      if (source !== current) return;
      heardAt = now();
      hasSpoken = true;
      retryMs = FIRST_RETRY_MS;
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
    if (source !== null && now() - heardAt > heartbeatMs * 2) retry();
  }, CHECK_EVERY_MS);
  connect();
  return {
    check() {
      const patienceMs = hasSpoken ? heartbeatMs * 1.2 : FIRST_WORD_MS;
      if (source !== null && now() - heardAt < patienceMs) return;
      retryMs = FIRST_RETRY_MS;
      connect();
    },
    stop() {
      clearInterval(watch);
      close();
    },
  };
}
