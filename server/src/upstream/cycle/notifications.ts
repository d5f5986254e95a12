import { backoffMs } from '@cyclorama/shared/backoff.ts';
import { WebSocket } from 'ws';

import type { Logger } from '../../lib/logger.ts';
import { parseVisible } from '../../lib/visible-text.ts';
import { pingUntilSilent } from '../socket-pings.ts';
import { toNotification } from './to-domain.ts';
import type { CycleNotification } from './types.ts';
import { notification } from './wire.ts';

const connectWaits = { firstMs: 1_000, longestMs: 10_000 };
/** A connection that lasted this long resets the backoff. */
const STEADY_MS = 10_000;
const PING_MS = 1_500;

export type CycleNotifications = {
  start(): void;
  stop(): Promise<void>;
  /** The socket is open, answers pings and sends readable messages. */
  readonly connected: boolean;
  /** The container's scope excludes notifications (403 at the last attempt). */
  readonly forbidden: boolean;
};

type Options = {
  socketPath: string;
  token: string;
  logger: Logger;
  /** `raw`: as it came. */
  onNotification(notification: CycleNotification, raw: unknown): void;
  /** `connected` became true: notifications sent before are lost. */
  onOpen(): void;
  /** `connected` became false. */
  onLost(): void;
  /** 0 ≤ n < 1, for the jitter of retries. */
  random?: () => number;
};

/**
 * `/v1/notifications` of the internal API (Cycle internal API docs and its official clients): one JSON object a frame,
 * hub-wide, without cursor or replay. Reconnects after 1 s, doubling to 10 s, with jitter.
 */
export function createCycleNotifications(options: Options): CycleNotifications {
  const { logger, random = Math.random } = options;
  let socket: WebSocket | null = null;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let stopped = true;
  let connected = false;
  let forbidden = false;

  const setConnected = (now: boolean, why: string): void => {
    if (connected === now) return;
    connected = now;
    if (stopped) return;
    if (now) {
      logger.info({ upstream: 'cycle' }, 'notifications connected');
      options.onOpen();
    } else {
      logger.warn({ upstream: 'cycle', reason: why }, 'notifications disconnected; reconnecting');
      options.onLost();
    }
  };

  const receive = (data: unknown): void => {
    const raw = jsonOf(data);
    const read = notification.safeParse(raw);
    // An unreadable notification may have mattered, so the socket counts as down until one can be read.
    if (!read.success) return setConnected(false, 'a notification that can’t be read');
    setConnected(true, '');
    options.onNotification(toNotification(read.data), raw);
  };

  const connectLater = (): void => {
    if (stopped) return;
    failures += 1;
    timer = setTimeout(connect, backoffMs(failures, { ...connectWaits, random }));
  };

  const connect = (): void => {
    const opening = new WebSocket(`ws+unix:${options.socketPath}:/v1/notifications`, {
      headers: { 'x-cycle-token': options.token },
      handshakeTimeout: 5_000,
      maxPayload: 1024 * 1024,
    });
    let openedAt = Number.POSITIVE_INFINITY;
    socket = opening;
    opening.on('open', () => {
      openedAt = performance.now();
      forbidden = false;
      pingUntilSilent(opening, { everyMs: PING_MS });
      setConnected(true, '');
    });
    opening.on('unexpected-response', (_request, { statusCode }) => {
      forbidden = statusCode === 403;
      opening.terminate();
    });
    opening.on('message', (data: unknown) => receive(data));
    opening.on('error', (error) =>
      logger.debug({ upstream: 'cycle', reason: error.message }, 'notification socket failed'),
    );
    opening.on('close', () => {
      if (socket !== opening) return;
      socket = null;
      if (performance.now() - openedAt > STEADY_MS) failures = 0;
      setConnected(false, 'closed');
      connectLater();
    });
  };

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      connect();
    },
    async stop() {
      stopped = true;
      connected = false;
      clearTimeout(timer);
      const closing = socket;
      socket = null;
      if (closing === null) return;
      await new Promise<void>((resolve) => {
        closing.once('close', () => resolve());
        closing.terminate();
      });
    },
    get connected() {
      return connected;
    },
    get forbidden() {
      return forbidden;
    },
  };
}

function jsonOf(data: unknown): unknown {
  try {
    return parseVisible(String(data));
  } catch {
    return undefined;
  }
}
