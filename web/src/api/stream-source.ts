const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 8000;
const CHECK_EVERY_MS = 2000;
/** A stream being opened gets this long before another is tried in its place. */
const FIRST_WORD_MS = 2000;

/** What a stream asks of the browser; given so that tests need no network. */
export type SourceDeps = {
  open: (url: string) => EventSource;
  now: () => number;
  /** 0…1: spreads the reconnects of many browsers. */
  random: () => number;
};

export type SourceOptions = {
  url: string;
  /** How often the server says something at least. */
  heartbeatMs: number;
  onEvent: (data: string) => void;
  /** The connection broke or fell silent; it is opened anew by itself. */
  onDown: () => void;
};

export type Source = {
  /** Opens the stream anew at once unless something was heard just now: after sleep, or when the network came back. */
  check: () => void;
  stop: () => void;
};

/**
 * Keeps one `EventSource` open until stopped. The browser's own retry is not used: it knows nothing of a connection
 * that is open and silent, which is closed here once two heartbeats stayed out. Each further try comes later, until
 * something is heard; a stream opened anew goes on after the last id.
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
    // Silence is counted from here: the first word has as long as any other.
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
