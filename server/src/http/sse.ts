import type { IncomingMessage, ServerResponse } from 'node:http';

import { HEARTBEAT_MS, LAST_EVENT_ID_HEADER, serverEvent } from '@cyclorama/shared/events.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import type { RequestHandler } from 'express';
import { z } from 'zod';

import type { Clock } from '../lib/clock.ts';
import { isoOf } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import type { EventHub } from '../lib/event-hub.ts';
import type { SignedIn } from '../lib/person.ts';
import type { ApiOperation } from './api-operation.ts';
import { createPersonLimit } from './person-limit.ts';
import { sessionOf } from './session-gate.ts';
import { createBroadcast, eventText } from './sse-broadcast.ts';
import { openSseClient, retryText } from './sse-client.ts';
import type { SseClient } from './sse-client.ts';

export const eventStreamOperation: ApiOperation = {
  method: 'get',
  path: paths.events(),
  summary: 'Streams changes as server-sent events; the data of each is one event',
  access: 'viewer',
  query: z.object({ lastEventId: z.string().optional() }),
  success: [{ status: 200, content: { 'text/event-stream': serverEvent } }],
};

export type EventStream = {
  handler: RequestHandler;
  /** True once no new streams are accepted. */
  readonly closed: boolean;
  /** False while the person has as many streams open as one may. */
  accepts(session: SignedIn): boolean;
  /** Tells the newest event, for a page that reads first and listens then. */
  tellLastEventId: RequestHandler;
  /** The session must have been checked. @throws AppError `rate-limited` where it has too many already. */
  open(request: IncomingMessage, response: ServerResponse, session: SignedIn): void;
  /** Ends all connections with a reconnect time and accepts no new ones. */
  close(): void;
};

type Options = {
  hub: EventHub;
  /** Calls `onEnd` once when the session is over, with null where another has taken its place; returns how to unsubscribe. */
  sessions: { watch(session: SignedIn, onEnd: (reason: string | null) => void): () => void };
  clock: Clock;
  /** How many streams a person may have open; an access token a tenth. */
  streamsPerPerson?: number;
  heartbeatMs?: number;
  tickMs?: number;
};

/**
 * Sends `hello`, then what was missed since `Last-Event-ID` (or `?lastEventId`), or `resync` where that is unknown,
 * then every tick; `heartbeat` every ten seconds. A slow browser catches up from the kept ticks or gets `resync`; one
 * that never does is disconnected.
 */
export function createEventStream({
  hub,
  sessions,
  clock,
  streamsPerPerson = Infinity,
  heartbeatMs = HEARTBEAT_MS,
  tickMs,
}: Options): EventStream {
  const broadcast = createBroadcast<SseClient>({ hub, tickMs });
  const limit = createPersonLimit({
    what: 'event streams',
    perPerson: streamsPerPerson,
    perToken: Math.ceil(streamsPerPerson / 10),
    retryAfterSeconds: 30,
  });
  const beat = (): void => {
    const heartbeat = Buffer.from(eventText({ type: 'heartbeat', serverTime: isoOf(clock.now()) }));
    void broadcast.each((client) => client.beat(heartbeat));
  };
  const timer = setInterval(beat, heartbeatMs);
  timer.unref();
  let closed = false;

  const open: EventStream['open'] = (request, response, session) => {
    const { socket } = request;
    const leaveLimit = limit.enter(session);
    const lastEventId = resumeFrom(request);
    const client = openSseClient({ response, socket, person: session, lastEventId, broadcast, hub, clock });
    const leave = [leaveLimit, broadcast.join(client), hub.watch(session.name)];
    const end = (lastText: string): void => {
      leave.forEach((each) => each());
      client.end(lastText);
    };
    leave.push(
      sessions.watch(session, (reason) =>
        end(reason === null ? retryText : eventText({ type: 'signed-out', reason })),
      ),
    );
    response.on('close', () => end(''));
  };

  return {
    open,
    accepts: (session) => limit.allows(session),
    tellLastEventId(_request, response, next) {
      response.setHeader(LAST_EVENT_ID_HEADER, broadcast.idOf(broadcast.lastSequence));
      next();
    },
    get closed() {
      return closed;
    },
    handler(request, response) {
      if (closed) {
        throw new AppError('shutting-down', 'The server is about to restart.', {
          hint: 'The page reconnects by itself.',
        });
      }
      if (request.method === 'HEAD') {
        response.end();
        return;
      }
      open(request, response, sessionOf(request));
    },
    close() {
      closed = true;
      clearInterval(timer);
      broadcast.close().forEach((client) => client.end(retryText));
    },
  };
}

/** The browser's own retry sends the header; a page that reopens the stream sends the parameter. */
function resumeFrom({ headers, url = '' }: IncomingMessage): string | undefined {
  const header = headers['last-event-id'];
  const id =
    (typeof header === 'string' ? header : undefined) ??
    new URL(url, 'http://localhost').searchParams.get('lastEventId') ??
    '';
  return id === '' ? undefined : id;
}
