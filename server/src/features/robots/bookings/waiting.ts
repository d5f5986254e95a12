import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import type { BookingRow } from '../../../store/bookings.ts';

/** True where the token in use, of `account`, can't see the booking: rerobots answers 404 for another's instance. */
export function isOfAnotherAccount(row: Pick<BookingRow, 'account'>, account: string | null): boolean {
  return row.account !== null && account !== null && row.account !== account;
}

/** What a booking waits for that rerobots doesn't show, and what to do; null where it shows it or it has ended. */
export function waitingMessage(row: BookingRow, account: string | null): string | null {
  if (row.missing_since === null || !isOpenBooking(row)) return null;
  const isEnding = row.termination_requested === 1 || row.state === 'terminating';
  if (isOfAnotherAccount(row, account)) {
    const what = row.state === 'queued' || row.state === 'requested' ? 'booking' : 'robot';
    const own = isolated(row.account ?? '');
    const end = isEnding ? `Its end is requested: set a token of ${own}` : `Set a token of ${own}`;
    return `The token set belongs to account ${isolated(account ?? '')}. ${end} to see and end this ${what}.`;
  }
  const end = isEnding
    ? 'It is terminated as soon as it appears. If it never does, ask rerobots, or stop waiting.'
    : 'Wait, or terminate it: that is done as soon as it appears.';
  return row.started_at === null
    ? `rerobots accepted it and hasn’t started it yet. ${end}`
    : `rerobots doesn’t show this robot any more, but it may still run. ${end}`;
}
