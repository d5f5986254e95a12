import type { ServerEvent } from '@cyclorama/shared/events.ts';
import type { Request, RequestHandler, Response } from 'express';

import type { Clock } from '../clock.ts';
import { isoOf } from '../clock.ts';
import type { EventHub, Frame } from '../event-hub.ts';
import type { SessionService } from '../features/session/service.ts';
import { sessionOf } from './session-gate.ts';

const RETRY_MS = 2_000;
const HEARTBEAT_MS = 15_000;
const MOST_UNSENT = 1024 * 1024;
const LONGEST_LAG_MS = 60_000;
const HEARTBEAT = Buffer.from(': still here\n\n');

/** The stream of everything that happens, one connection a browser. */
export type EventStream = {
  handler: RequestHandler;
  /** Ends all connections with a hint when to come back, and takes no new ones. */
  close(): void;
};

type Options = {
  hub: EventHub;
  sessions: Pick<SessionService, 'watch'>;
  clock: Clock;
  heartbeatMs?: number;
  mostUnsentBytes?: number;
};

type Client = { beat(): void; end(): void };

/**
 * Server-sent events: `hello`, then what was missed since `Last-Event-ID` (or `?lastEventId`), or `resync` where that
 * can't be told; a comment every 15 s, since load balancers cut quiet streams. A client with more than 1 MB unsent is
 * sent nothing until it has caught up, and then `resync`; one that never does is cut off.
 */
export function createEventStream(options: Options): EventStream {
  const clients = new Set<Client>();
  const timer = setInterval(
    () => clients.forEach((client) => client.beat()),
    options.heartbeatMs ?? HEARTBEAT_MS,
  );
  timer.unref();
  let closed = false;
  return {
    handler(request, response) {
      if (closed) {
        response.status(503).end();
        return;
      }
      const client = openClient(request, response, options);
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

function openClient(request: Request, response: Response, options: Options): Client {
  const { hub, sessions, clock, mostUnsentBytes = MOST_UNSENT } = options;
  let laggingSince: number | null = null;

  const sendEvent = (event: ServerEvent, id?: string): void => {
    const idLine = id === undefined ? '' : `id: ${id}\n`;
    response.write(`${idLine}data: ${JSON.stringify(event)}\n\n`);
  };
  const resync = (reason: string): void => sendEvent({ type: 'resync', reason }, hub.lastId);
  const send = (frame: Frame): void => {
    if (laggingSince !== null) return;
    if (response.writableLength > mostUnsentBytes) laggingSince = clock.now();
    else response.write(frame.bytes);
  };
  response.on('drain', () => {
    if (laggingSince === null) return;
    laggingSince = null;
    resync('The connection was too slow for what happened.');
  });

  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  request.socket.setNoDelay(true);
  request.socket.setTimeout(0);
  response.write(`retry: ${RETRY_MS}\n\n`);

  const lastEventId = resumeFrom(request);
  const subscription = hub.subscribe(send, lastEventId);
  const { missed } = subscription;
  const resumes = lastEventId !== undefined && missed !== null;
  const hello = { type: 'hello', epoch: hub.epoch, serverTime: isoOf(clock.now()) } as const;
  sendEvent(hello, resumes ? undefined : hub.lastId);
  if (missed === null) resync('What happened since the last event can’t be told any more.');
  else missed.forEach(send);

  const unwatch = sessions.watch(sessionOf(request), (reason) => {
    sendEvent({ type: 'signed-out', reason });
    response.end();
  });
  response.on('close', () => {
    subscription.unsubscribe();
    unwatch();
  });
  return {
    beat() {
      if (laggingSince === null) response.write(HEARTBEAT);
      else if (clock.now() - laggingSince > LONGEST_LAG_MS) response.destroy();
    },
    end: () => void response.end(`retry: ${RETRY_MS}\n\n`),
  };
}

function resumeFrom(request: Request): string | undefined {
  const fromQuery = request.query['lastEventId'];
  const id = request.get('last-event-id') ?? (typeof fromQuery === 'string' ? fromQuery : undefined);
  return id === '' ? undefined : id;
}
