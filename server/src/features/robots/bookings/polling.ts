import type { BookingRow } from '../../../store/bookings.ts';
import { windowIsOpen } from './guards/window.ts';
import type { Lists } from './lists/lists.ts';
import { READY_SEEN_MS } from './rules.ts';

/** How often a launch is read that may still collide with another: it keeps that time short. */
const WINDOW_EVERY_MS = 1_000;

type Situation = {
  /** Lists read just now. */
  seen: Lists | null;
  /** Since its instance was last read, on its own or with its status in the list. */
  sinceMs: number;
  /** Whether the way in is known already. */
  known: boolean;
};

/** Whether a booking's instance is to be read on its own now: only where the list of all does not tell enough. */
export function readIsDue(row: BookingRow, { seen, sinceMs, known }: Situation): boolean {
  if (row.upstream_id === null) return false;
  const listed = seen?.instances.find((one) => one.id === row.upstream_id);
  if (row.state === 'ready') {
    if (!known) return sinceMs >= READY_SEEN_MS;
    return seen !== null && (!listed || (listed.status !== null && listed.status !== 'READY'));
  }
  if (row.state !== 'starting' && row.state !== 'terminating') return false;
  if (windowIsOpen(row)) return sinceMs >= WINDOW_EVERY_MS;
  if (listed && listed.status !== null && row.state === 'starting' && listed.status !== 'INIT') return true;
  if (listed?.status === 'INIT') return false;
  return sinceMs >= READY_SEEN_MS;
}
