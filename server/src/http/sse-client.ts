import type { ServerEvent } from '@cyclorama/shared/events.ts';
import type { Request, Response } from 'express';

import type { Clock } from '../lib/clock.ts';
import { isoOf } from '../lib/clock.ts';
import type { EventHub, Frame } from '../lib/event-hub.ts';
import type { SignedIn } from '../lib/person.ts';
import { sessionOf } from './session-gate.ts';

const RETRY_MS = 2_000;
const MOST_UNSENT = 1024 * 1024;
const LONGEST_LAG_MS = 60_000;
const HEARTBEAT = Buffer.from(': still here\n\n');

export type SseOptions = {
  hub: EventHub;
  /** Calls `onEnd` once when the session is over; returns how to stop watching. */
  sessions: { watch(session: SignedIn, onEnd: (reason: string) => void): () => void };
  clock: Clock;
  mostUnsentBytes?: number;
};

export type SseClient = {
  /** Keeps the connection from looking dead, and cuts it where nobody has read for long. */
  beat(): void;
  end(): void;
};

/** One browser's connection, as bytes: sends nothing after its end, and nothing while the browser lags behind. */
function createSender(response: Response, { hub, clock, mostUnsentBytes = MOST_UNSENT }: SseOptions) {
  let laggingSince: number | null = null;
  const write = (bytes: Buffer | string): void => {
    if (!response.writableEnded) response.write(bytes);
  };
  const event = (content: ServerEvent, id?: string): void =>
    write(`${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(content)}\n\n`);
  const resync = (reason: string): void => event({ type: 'resync', reason }, hub.lastId);
  response.on('drain', () => {
    if (laggingSince === null) return;
    laggingSince = null;
    resync('The connection was too slow for what happened.');
  });
  return {
    write,
    event,
    resync,
    frame: ({ bytes }: Frame): void => {
      if (laggingSince !== null) return;
      if (response.writableLength > mostUnsentBytes) laggingSince = clock.now();
      else write(bytes);
    },
    beat: (): void => {
      if (laggingSince === null) write(HEARTBEAT);
      else if (clock.now() - laggingSince > LONGEST_LAG_MS) response.destroy();
    },
  };
}

/** Begins the stream of one browser: greeting, what it missed, then everything as it happens. */
export function openSseClient(request: Request, response: Response, options: SseOptions): SseClient {
  const { hub, sessions, clock } = options;
  const send = createSender(response, options);
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  request.socket.setNoDelay(true);
  request.socket.setTimeout(0);
  send.write(`retry: ${RETRY_MS}\n\n`);

  const lastEventId = resumeFrom(request);
  const subscription = hub.subscribe(send.frame, lastEventId, sessionOf(request).name);
  const { missed } = subscription;
  const resumes = lastEventId !== undefined && missed !== null;
  const hello = { type: 'hello', epoch: hub.epoch, serverTime: isoOf(clock.now()) } as const;
  send.event(hello, resumes ? undefined : hub.lastId);
  if (missed === null) send.resync('What happened since the last event can’t be told any more.');
  else missed.forEach(send.frame);

  const end = (lastWords: () => void): void => {
    subscription.unsubscribe();
    unwatch();
    if (response.writableEnded) return;
    lastWords();
    response.end();
  };
  const unwatch = sessions.watch(sessionOf(request), (reason) =>
    end(() => send.event({ type: 'signed-out', reason })),
  );
  response.on('close', () => end(() => undefined));
  return {
    beat: send.beat,
    end: () => end(() => send.write(`retry: ${RETRY_MS}\n\n`)),
  };
}

function resumeFrom(request: Request): string | undefined {
  const fromQuery = request.query['lastEventId'];
  const id = request.get('last-event-id') ?? (typeof fromQuery === 'string' ? fromQuery : undefined);
  return id === '' ? undefined : id;
}
