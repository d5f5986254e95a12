import { WebSocket } from 'ws';

/** Unanswered pings before a socket is closed; one may be our fault, if this process was busy. */
const UNANSWERED_PINGS = 2;

type Options = { everyMs: number; onSilent?: () => void };

/** Pings a socket, once it is open, until it stays silent, then calls `onSilent` and terminates it. Ends with the socket. */
export function pingUntilSilent(socket: WebSocket, { everyMs, onSilent }: Options): void {
  let unanswered = 0;
  const heard = (): void => {
    unanswered = 0;
  };
  socket.on('pong', heard);
  socket.on('message', heard);
  const pings = setInterval(() => {
    if (socket.readyState === WebSocket.CONNECTING) return;
    if (unanswered >= UNANSWERED_PINGS) {
      onSilent?.();
      socket.terminate();
      return;
    }
    unanswered += 1;
    socket.ping();
  }, everyMs);
  socket.once('close', () => clearInterval(pings));
}
