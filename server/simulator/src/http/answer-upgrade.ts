import type { Duplex } from 'node:stream';

import type { Reply } from './reply.ts';

/** Answers a WebSocket upgrade with plain HTTP instead and closes the connection. */
export function answerUpgrade(socket: Duplex, { status, body }: Reply): void {
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
