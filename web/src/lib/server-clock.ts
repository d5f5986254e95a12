import { useNow } from './now.ts';
import { createStore, useStore } from './store.ts';
import { parseTime } from './time.ts';

const ahead = createStore(0);

/**
 * Sets the clock by the server's own word, the stream's `hello`; `receivedAt` is the browser's time when it came, in
 * epoch milliseconds. A word that is no time changes nothing.
 */
export function setServerClock(serverTime: string, receivedAt: number): void {
  const server = parseTime(serverTime);
  if (server !== null) ahead.set(server - receivedAt);
}

/** How far the server's clock is ahead of this browser's, in milliseconds; 0 until the server was heard. */
export const useClockAhead = (): number => useStore(ahead);

/** The server's time in epoch milliseconds, renewed every second: deadlines are counted on the server's clock. */
export function useServerNow(): number {
  return useNow() + useClockAhead();
}
