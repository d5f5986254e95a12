import type { BookingRow } from '../../../store/bookings.ts';
import { windowIsOpen } from './guards/window.ts';
import type { Lists } from './lists/lists.ts';
import { READY_POLL_MS } from './rules.ts';

/** How often a launch in its window is read, to keep the window short. */
const WINDOW_POLL_MS = 1_000;

type Situation = {
  /** The lists, if they were just read. */
  lists: Lists | null;
  /** Since the instance's last read, on its own or with a status in the list. */
  sinceMs: number;
  /** Whether its connection data is known. */
  known: boolean;
};

/** Whether the instance must be read on its own, as the list does not say enough. */
export function readIsDue(row: BookingRow, { lists, sinceMs, known }: Situation): boolean {
  if (row.upstream_id === null) return false;
  const listed = lists?.instances.find((one) => one.id === row.upstream_id);
  if (row.state === 'ready') {
    if (!known) return sinceMs >= READY_POLL_MS;
    return lists !== null && (!listed || (listed.status !== null && listed.status !== 'READY'));
  }
  if (row.state !== 'starting' && row.state !== 'terminating') return false;
  if (windowIsOpen(row)) return sinceMs >= WINDOW_POLL_MS;
  if (listed && listed.status !== null && row.state === 'starting' && listed.status !== 'INIT') return true;
  if (listed?.status === 'INIT') return false;
  return sinceMs >= READY_POLL_MS;
}
