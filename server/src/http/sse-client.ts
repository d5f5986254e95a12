import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import type { Clock } from '../lib/clock.ts';
import { isoOf } from '../lib/clock.ts';
import type { EventHub } from '../lib/event-hub.ts';
import type { SignedIn } from '../lib/person.ts';
import { eventText } from './sse-broadcast.ts';
import type { Reader, Tick, TickLog } from './sse-broadcast.ts';

const RETRY_MS = 2_000;
/** A browser with more unread bytes than this gets nothing more until it has caught up. */
const MAX_UNSENT_BYTES = 64 * 1024;
const MAX_LAG_MS = 60_000;

/** Bytes are written straight to the socket. */
export type SseClient = Reader & {
  /** Sends the heartbeat; closes a connection nobody has read for long. */
  beat(heartbeat: Buffer): void;
  end(lastText: string): void;
};

type Options = {
  response: ServerResponse;
  socket: Socket;
  person: SignedIn;
  lastEventId: string | undefined;
  broadcast: TickLog;
  hub: Pick<EventHub, 'epoch'>;
  clock: Clock;
};

export const retryText = `retry: ${RETRY_MS}\n\n`;

/**
 * Sends head, `hello` and missed events. The body is not chunked and bypasses the response, so that one buffer serves
 * all streams; it ends with the connection.
 */
export function openSseClient(options: Options): SseClient {
  const { response, socket, broadcast, hub, clock } = options;
  const person = options.person.name;
  let laggingSince: number | null = null;
  let ended = false;
  const from = options.lastEventId === undefined ? null : broadcast.sequenceOf(options.lastEventId);
  const missed = from === null ? null : broadcast.since(from);
  let sequence = from !== null && missed !== null ? from : broadcast.lastSequence;

  const write = (bytes: Buffer | string): void => {
    if (!ended && socket.writable) socket.write(bytes);
  };
  const resync = (reason: string): string =>
    `id: ${broadcast.idOf(broadcast.lastSequence)}\n${eventText({ type: 'resync', reason })}`;
  const send = (tick: Tick): void => {
    // The reader lags, or got this tick when it opened.
    if (tick.sequence !== sequence + 1) return;
    if (socket.writableLength > MAX_UNSENT_BYTES) {
      laggingSince ??= clock.now();
      return;
    }
    sequence = tick.sequence;
    const bytes = tick.bytesFor(person);
    if (bytes !== null) write(bytes);
  };
  const catchUp = (): void => {
    const ticks = broadcast.since(sequence);
    if (ticks !== null) {
      for (const tick of ticks) send(tick);
    } else {
      sequence = broadcast.lastSequence;
      write(resync('The connection was too slow for the events.'));
    }
    laggingSince = sequence === broadcast.lastSequence ? null : clock.now();
  };

  // Head and first events are one write.
  socket.cork();
  response.useChunkedEncodingByDefault = false;
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  socket.setNoDelay(true);
  socket.setTimeout(0);
  socket.on('drain', () => {
    if (laggingSince !== null) catchUp();
  });

  const hello = eventText({ type: 'hello', epoch: hub.epoch, serverTime: isoOf(clock.now()), person });
  const missedUnknown = options.lastEventId !== undefined && missed === null;
  write(
    retryText +
      (missed === null ? `id: ${broadcast.idOf(sequence)}\n` : '') +
      hello +
      (missedUnknown ? resync('The events since the last one received are no longer kept.') : ''),
  );
  for (const tick of missed ?? []) send(tick);
  socket.uncork();

  return {
    send,
    beat(heartbeat) {
      if (laggingSince === null) write(heartbeat);
      else if (clock.now() - laggingSince > MAX_LAG_MS) socket.destroy();
    },
    end(lastText) {
      write(lastText);
      ended = true;
      response.end();
    },
  };
}
