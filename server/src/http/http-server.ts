import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';

import { endUnreadBodies } from './unread-body.ts';

type Limits = {
  headersMs?: number;
  /** For a whole request, headers and body. */
  requestMs?: number;
  /** For an answer of which nothing more is read. */
  idleMs?: number;
};

/** Longer than load balancers keep an idle connection (60 s), so that they never write to one just closed. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Nobody holds a connection by being slow: 408 after ten seconds without complete headers or half a minute without a
 * complete request, and a cut after a minute in which nothing of an answer was read. Event streams have limits of their
 * own.
 */
export function createHttpServer(
  listener: RequestListener,
  { headersMs = 10_000, requestMs = 30_000, idleMs = 60_000 }: Limits = {},
): Server {
  const server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: Math.min(1_000, headersMs / 2),
    },
    endUnreadBodies((request, response) => {
      // Node's parser drops what was pipelined behind a request to upgrade: it would wait for its answer forever.
      if (request.headers.upgrade !== undefined) response.shouldKeepAlive = false;
      listener(request, response);
    }),
  );
  server.timeout = idleMs;
  return server;
}
