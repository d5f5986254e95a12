import { useMoment } from './moment.ts';
import { useNow } from './now.ts';
import { createStore, useStore } from './store.ts';
import { parseTime } from './time.ts';

const ahead = createStore(0);

/** `receivedAt`: browser time of arrival, epoch milliseconds. Ignores an unparsable time. */
export function setServerClock(serverTime: string, receivedAt: number): void {
  const server = parseTime(serverTime);
  if (server !== null) ahead.set(server - receivedAt);
}

/** `Date` has whole seconds and was sent a moment ago: only a larger difference corrects the clock. */
const DATE_HEADER_SLACK_MS = 2_000;

/** Corrects a clock that is clearly off, e.g. before the stream's first event. */
export function checkServerClock(date: string | null, receivedAt: number): void {
  const server = parseTime(date);
  if (server === null || Math.abs(server - receivedAt - ahead.get()) <= DATE_HEADER_SLACK_MS) return;
  ahead.set(server - receivedAt);
}

export const serverNow = (): number => Date.now() + ahead.get();

/** Milliseconds the server's clock is ahead; 0 until the first response. */
export const useClockAhead = (): number => useStore(ahead);

/** On a page that shows a past minute, that minute. */
export function useServerNow(): number {
  const now = useNow() + useClockAhead();
  return useMoment() ?? now;
}
