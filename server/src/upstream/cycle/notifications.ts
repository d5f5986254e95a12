import { backoffMs } from '@cyclorama/shared/backoff.ts';
import { WebSocket } from 'ws';

import type { Logger } from '../../lib/logger.ts';
import { toNotification } from './to-domain.ts';
import type { CycleNotification } from './types.ts';
import { notification } from './wire.ts';

const connectWaits = { firstMs: 1_000, longestMs: 30_000 };

export type CycleNotifications = {
  start(): void;
  stop(): Promise<void>;
  readonly connected: boolean;
};

type Options = {
  socketPath: string;
  token: string;
  logger: Logger;
  onNotification(notification: CycleNotification): void;
  /** Called on every connect and reconnect: notifications sent before are lost for good. */
  onOpen(): void;
  /** 0 ≤ n < 1, for the jitter of retries. */
  random?: () => number;
};

/**
 * `/v1/notifications` of the internal API (Cycle internal API docs and its official clients): one JSON object a frame,
 * hub-wide, without cursor or replay. Reconnects after 1 s, doubling to 30 s, with jitter.
 */
export function createCycleNotifications(options: Options): CycleNotifications {
  const { logger, random = Math.random } = options;
  let socket: WebSocket | null = null;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let stopped = true;

  const receive = (data: unknown): void => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(String(data));
    } catch {
      logger.debug({ upstream: 'cycle' }, 'a notification that is not JSON was ignored');
      return;
    }
    const read = notification.safeParse(parsed);
    if (read.success) options.onNotification(toNotification(read.data));
  };

  const connectLater = (): void => {
    if (stopped) return;
    failures += 1;
    timer = setTimeout(connect, backoffMs(failures, { ...connectWaits, random }));
  };

  const connect = (): void => {
    const opening = new WebSocket(`ws+unix:${options.socketPath}:/v1/notifications`, {
      headers: { 'x-cycle-token': options.token },
      handshakeTimeout: 10_000,
      maxPayload: 1024 * 1024,
    });
    socket = opening;
    opening.on('open', () => {
      failures = 0;
      logger.info({ upstream: 'cycle' }, 'notifications connected');
      options.onOpen();
    });
    opening.on('message', (data: unknown) => receive(data));
    opening.on('error', (error) =>
      logger.debug({ upstream: 'cycle', reason: error.message }, 'notification socket failed'),
    );
    opening.on('close', () => {
      if (socket !== opening) return;
      socket = null;
      if (!stopped) logger.warn({ upstream: 'cycle' }, 'notifications disconnected; reconnecting');
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
      return socket?.readyState === WebSocket.OPEN;
    },
  };
}
