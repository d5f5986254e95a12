import type { Kysely } from 'kysely';

import { AppError } from '../../../../lib/errors.ts';
import { countOpenBookings } from '../../../../store/bookings.ts';
import type { Database } from '../../../../store/schema.ts';

/** Throws AppError `not-allowed-now`, with the count, where a person has as many open bookings as they may. */
export async function checkQuota(db: Kysely<Database>, person: string, quota: number | null): Promise<void> {
  if (quota === null) return;
  const open = await countOpenBookings(db, person);
  if (open < quota) return;
  const bookings = open === 1 ? '1 booking is' : `${open} bookings are`;
  throw new AppError(
    'not-allowed-now',
    `Your ${bookings} open, and a person may have ${quota} at a time. Nothing was booked.`,
    { hint: 'Give a robot back, or leave a queue, then book again.' },
  );
}
