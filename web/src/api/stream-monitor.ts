import { getConnection, setConnection } from './connection.ts';

const TICK_MS = 1000;
/** A stream that broke and is back within this is not worth a word. */
const GRACE_MS = 5000;
const POLL_EVERY_MS = 5000;
/** After a call that nothing answered: the page is to be right soon after the way is open again. */
const POLL_AGAIN_MS = 1500;

export type MonitorOptions = {
  heartbeatMs: number;
  now: () => number;
  /** 0…1: spreads the reads of many browsers. */
  random: () => number;
  /** Makes one small call; false where nothing answers. */
  probe: () => Promise<boolean>;
  /** Has the stream opened anew unless it spoke just now. */
  check: () => void;
  /** Reads again what is shown, while no events come. */
  read: () => void;
  /** Events come again after the page said that they don't. */
  onBack: () => void;
};

export type Monitor = {
  /** Something came over the stream at `at`. */
  received: (at: number) => void;
  /** The stream broke. */
  down: () => void;
  /** The page woke up, came to the front or online: finds out now. */
  recheck: () => void;
  /** The browser says it has no network. */
  lostNetwork: () => void;
  stop: () => void;
};

/**
 * Tells whether the page is live: by what was received and when, whatever the socket says. Two missed heartbeats,
 * or five seconds without a stream, and it reads by itself every few seconds instead, or says that it can't.
 */
export function createMonitor(options: MonitorOptions): Monitor {
  const { heartbeatMs, now, random, probe, check, read, onBack } = options;
  const startedAt = now();
  let receivedAt: number | null = null;
  let brokenAt: number | null = null;
  let hasNetwork = true;
  let tickedAt = startedAt;
  let pollTimer: ReturnType<typeof setTimeout> | null = null;
  let isStopped = false;

  const isLost = (): boolean => {
    const at = now();
    if (!hasNetwork) return true;
    if (brokenAt !== null && at - brokenAt > GRACE_MS) return true;
    return receivedAt === null ? at - startedAt > GRACE_MS : at - receivedAt > heartbeatMs * 2;
  };
  const pollIn = (ms: number) => {
    if (pollTimer !== null) clearTimeout(pollTimer);
    pollTimer = setTimeout(() => void poll(), ms * (0.8 + random() * 0.4));
  };
  const poll = async () => {
    pollIn(POLL_EVERY_MS);
    if (document.hidden) return;
    const isReached = await probe();
    if (isStopped || pollTimer === null) return;
    if (!isReached) pollIn(POLL_AGAIN_MS);
    hasNetwork ||= isReached;
    // A stream that was tried while there was no way waits for an answer that never comes.
    if (isReached && getConnection().state === 'offline') check();
    setConnection(isReached ? 'delayed' : 'offline', receivedAt ?? startedAt);
    if (isReached) read();
  };
  const stopPolling = () => {
    if (pollTimer !== null) clearTimeout(pollTimer);
    pollTimer = null;
  };
  const judge = () => {
    if (isLost()) {
      if (pollTimer !== null) return;
      setConnection('delayed', receivedAt ?? startedAt);
      void poll();
    } else if (receivedAt !== null && brokenAt === null) {
      const { state } = getConnection();
      stopPolling();
      setConnection('live', now());
      if (state === 'delayed' || state === 'offline') onBack();
    }
  };
  const tick = () => {
    const at = now();
    const slept = at - tickedAt > TICK_MS * 10;
    tickedAt = at;
    // A clock that was put back must not make the last word the newest for hours.
    if (receivedAt !== null) receivedAt = Math.min(receivedAt, at);
    if (slept && !document.hidden) recheck();
    else judge();
  };
  const recheck = () => {
    check();
    judge();
    if (pollTimer === null) return;
    stopPolling();
    void poll();
  };
  const askForNetwork = async () => {
    hasNetwork = await probe();
    if (!isStopped) judge();
  };
  const ticker = setInterval(tick, TICK_MS);

  return {
    received(at) {
      receivedAt = Math.max(receivedAt ?? at, at);
      brokenAt = null;
      judge();
    },
    down() {
      brokenAt ??= now();
    },
    recheck,
    lostNetwork: () => void askForNetwork(),
    stop() {
      isStopped = true;
      clearInterval(ticker);
      stopPolling();
    },
  };
}
