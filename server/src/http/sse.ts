import type { RequestHandler } from 'express';

import { AppError } from '../lib/errors.ts';
import type { SseClient, SseOptions } from './sse-client.ts';
import { openSseClient } from './sse-client.ts';

const HEARTBEAT_MS = 15_000;

/** The stream of everything that happens, one connection a browser. */
export type EventStream = {
  handler: RequestHandler;
  /** Ends all connections with a hint when to come back, and takes no new ones. */
  close(): void;
};

type Options = SseOptions & { heartbeatMs?: number };

/**
 * Server-sent events: `hello`, then what was missed since `Last-Event-ID` (or `?lastEventId`), or `resync` where that
 * can't be told; a comment every 15 s, since load balancers cut quiet streams. A client with more than 1 MB unsent is
 * sent nothing until it has caught up, and then `resync`; one that never does is cut off.
 */
export function createEventStream(options: Options): EventStream {
  const clients = new Set<SseClient>();
  const timer = setInterval(
    () => clients.forEach((client) => client.beat()),
    options.heartbeatMs ?? HEARTBEAT_MS,
  );
  timer.unref();
  let closed = false;
  return {
    handler(request, response) {
      if (closed) {
        throw new AppError('shutting-down', 'The server is about to restart.', {
          hint: 'The page comes back by itself.',
        });
      }
      if (request.method === 'HEAD') {
        response.end();
        return;
      }
      const client = openSseClient(request, response, options);
      clients.add(client);
      response.on('close', () => clients.delete(client));
    },
    close() {
      closed = true;
      clearInterval(timer);
      clients.forEach((client) => client.end());
    },
  };
}
