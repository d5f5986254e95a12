import type { BookingRow } from '../../../store/bookings.ts';
import { windowIsOpen } from './guards/window.ts';
import type { Lists } from './lists/lists.ts';
import { READY_POLL_MS } from './rules.ts';

/** How often a launch in its window is read, to keep the window short. */
const WINDOW_POLL_MS = 1_000;

/** How often an instance that rerobots doesn't show is read, by how long that has lasted. */
const missingPolls: readonly (readonly [lastedMs: number, pollMs: number])[] = [
  [30_000, WINDOW_POLL_MS],
  [5 * 60_000, READY_POLL_MS],
  [60 * 60_000, 15_000],
];
const LONG_MISSING_POLL_MS = 60_000;

type Situation = {
  /** The lists, if they were just read. */
  lists: Lists | null;
  /** Since the instance's last read, on its own or with a status in the list. */
  sinceMs: number;
  /** Whether its connection data is known. */
  known: boolean;
  /** Whether the token in use is of an account that can't see it. */
  isOther: boolean;
  now: number;
};

/** Whether the instance must be read on its own, as the list does not say enough. */
export function readIsDue(row: BookingRow, { lists, sinceMs, known, isOther, now }: Situation): boolean {
  if (row.upstream_id === null) return false;
  const listed = lists?.instances.find((one) => one.id === row.upstream_id);
  if (isOther) return sinceMs >= LONG_MISSING_POLL_MS;
  if (row.missing_since !== null)
    return listed !== undefined || sinceMs >= missingPollMs(row.missing_since, now);
  if (row.state === 'ready') {
    if (!known) return sinceMs >= READY_POLL_MS;
    return lists !== null && (!listed || (listed.status !== null && listed.status !== 'READY'));
  }
  if (row.state !== 'starting' && row.state !== 'terminating') return false;
  if (windowIsOpen(row, now)) return sinceMs >= WINDOW_POLL_MS;
  if (listed && listed.status !== null && row.state === 'starting' && listed.status !== 'INIT') return true;
  if (listed?.status === 'INIT') return false;
  return sinceMs >= READY_POLL_MS;
}

function missingPollMs(since: number, now: number): number {
  return missingPolls.find(([lastedMs]) => now - since < lastedMs)?.[1] ?? LONG_MISSING_POLL_MS;
}
