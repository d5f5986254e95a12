import { useNow } from './now.ts';
import { createStore, useStore } from './store.ts';
import { parseTime } from './time.ts';

const ahead = createStore(0);

/**
 * Sets the clock by the time in the stream's `hello`; `receivedAt` is the browser's time when it came, in
 * epoch milliseconds. Ignores an unparsable time.
 */
export function setServerClock(serverTime: string, receivedAt: number): void {
  const server = parseTime(serverTime);
  if (server !== null) ahead.set(server - receivedAt);
}

/** A response's `Date` has whole seconds and was sent a moment ago: only a larger difference corrects the clock. */
const DATE_HEADER_SLACK_MS = 2_000;

/** Sets the clock by the `Date` of a response where it is clearly off, as before the stream's first event. */
export function checkServerClock(date: string | null, receivedAt: number): void {
  const server = parseTime(date);
  if (server === null || Math.abs(server - receivedAt - ahead.get()) <= DATE_HEADER_SLACK_MS) return;
  ahead.set(server - receivedAt);
}

/** The server's time now, in epoch milliseconds. */
export const serverNow = (): number => Date.now() + ahead.get();

/** How far the server's clock is ahead of this browser's, in milliseconds; 0 until the first response. */
export const useClockAhead = (): number => useStore(ahead);

/** The server's time in epoch milliseconds, renewed every second: deadlines are counted on the server's clock. */
export function useServerNow(): number {
  return useNow() + useClockAhead();
}
