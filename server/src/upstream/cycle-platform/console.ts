import { WebSocket } from 'ws';
import { z } from 'zod';

import { UpstreamError } from '../../lib/errors.ts';
import { pingUntilSilent } from '../socket-pings.ts';
import { label } from './refusals.ts';

/** `token` opens the console once: it goes nowhere but there. */
export type ConsoleAddress = { address: string; token: string };

export const consoleAnswer = z.object({ data: z.object({ token: z.string(), address: z.string() }) });

const PING_MS = 10_000;
/** Of a frame; the first ones hold 128 kB together. */
const MOST_BYTES = 1024 * 1024;

type Listeners = {
  onOpen(): void;
  onBytes(bytes: Buffer): void;
  /** Once, however it ended; `reason` is a sentence. */
  onEnd(reason: string): void;
};

/**
 * `<address>?token=<token>`: the last 128 kB that an instance wrote since its start, then the rest as it comes (Cycle
 * public API, "Instance Console Stream Authorization"). Nothing is ever sent.
 * @throws UpstreamError `invalid` for an address that is none, or a plain one where the API itself is encrypted
 */
export function openConsole(
  { address, token }: ConsoleAddress,
  isEncrypted: boolean,
  on: Listeners,
): () => void {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'wss:' && (isEncrypted || url.protocol !== 'ws:'))) {
    throw new UpstreamError('platform', 'invalid', `${label} names no encrypted address for the console.`);
  }
  url.searchParams.set('token', token);
  const socket = new WebSocket(url, {
    handshakeTimeout: 10_000,
    maxPayload: MOST_BYTES,
    perMessageDeflate: false,
  });
  let reason = 'The console broke off.';
  pingUntilSilent(socket, {
    everyMs: PING_MS,
    onSilent: () => {
      reason = 'The console went silent.';
    },
  });
  socket.on('open', () => on.onOpen());
  socket.on('message', (data: Buffer) => on.onBytes(data));
  socket.on('unexpected-response', (_request, { statusCode }) => {
    reason = `The console refused the connection (${statusCode ?? 'no status'}).`;
    socket.terminate();
  });
  // The error may name the address, with its token.
  socket.on('error', () => undefined);
  const end = (): void => on.onEnd(reason);
  socket.on('close', end);
  return () => {
    socket.off('close', end);
    socket.terminate();
  };
}
