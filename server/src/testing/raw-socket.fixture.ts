import { connect } from 'node:net';
import type { Socket } from 'node:net';

import { vi } from 'vitest';

export type RawSocket = {
  socket: Socket;
  text(): string;
  /** Milliseconds until it was closed from the other side; null while it is open. */
  closedAfterMs(): number | null;
  /** Milliseconds until the text was there. */
  waitFor(text: string, withinMs?: number): Promise<number>;
  waitUntilClosed(withinMs: number): Promise<void>;
};

/** A client that sends what no library would: half requests, slow ones, more than it said. */
export function openRawSocket(url: string, head: string): RawSocket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const begun = performance.now();
  let text = '';
  let closed: number | null = null;
  socket
    .on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
    .on('error', () => undefined)
    .on('end', () => (closed ??= performance.now() - begun))
    .on('close', () => (closed ??= performance.now() - begun));
  socket.write(head);
  return {
    socket,
    text: () => text,
    closedAfterMs: () => closed,
    async waitFor(wanted, withinMs = 5_000) {
      await vi.waitUntil(() => text.includes(wanted), { timeout: withinMs, interval: 5 });
      return performance.now() - begun;
    },
    async waitUntilClosed(withinMs) {
      await vi.waitUntil(() => closed !== null, { timeout: withinMs, interval: 5 });
    },
  };
}

export function headOf(method: string, path: string, headers: Record<string, string | number> = {}): string {
  const lines = Object.entries({ Host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}
