import type { Role } from '@cyclorama/shared/common.ts';
import { quotaRefusal } from '@cyclorama/shared/rules/bookings.ts';
import { roleAllows } from '@cyclorama/shared/rules/roles.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { KeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { Person } from '../../../lib/person.ts';
import { refuseIf } from '../../../lib/refuse.ts';
import { countOpenBookings } from '../../../store/bookings.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import { insertHandOver } from '../../../store/hand-overs.ts';
import { lockQuota } from '../../../store/quota-lock.ts';
import type { Database } from '../../../store/schema.ts';
import type { BookingLedger } from './ledger.ts';

export type People = {
  hasSignedIn(name: string): boolean;
  roleOf(name: string): Role;
  /** Why they have no access by now, in words that follow their name; null: they have, or will at the next sign-in. */
  noAccess(name: string): string | null;
};

type Options = {
  db: Kysely<Database>;
  clock: Clock;
  ledger: BookingLedger;
  mutex: KeyedMutex;
  people: People;
  quota: number | null;
  newId: () => string;
};

export function createHandOver({ db, clock, ledger, mutex, people, quota, newId }: Options) {
  const checkReceiver = async (row: BookingRow, to: string): Promise<void> => {
    const refuse = (message: string): AppError =>
      new AppError('invalid-request', message, { field: 'body.to' });
    if (to === row.owner) throw refuse(`This booking belongs to ${to} already. Nothing was changed.`);
    if (!people.hasSignedIn(to)) {
      throw refuse(`${to} has not signed in here before. Nothing was changed. Choose someone who has.`);
    }
    const noAccess = people.noAccess(to);
    if (noAccess !== null) {
      throw refuse(`${to} ${noAccess}. Nothing was changed. Choose someone who can sign in.`);
    }
    const role = people.roleOf(to);
    if (!roleAllows(role, 'operator')) {
      throw refuse(`${to} has view-only access. Nothing was changed. Choose an operator or an admin.`);
    }
    refuseIf(quotaRefusal(await countOpenBookings(db, to), quota, { name: to, role }));
  };

  /** Throws AppError `invalid-request` or `not-allowed-now` if `to` can't have it. */
  return async (row: BookingRow, to: string, person: Person): Promise<BookingRow> =>
    mutex.run(`person ${to}`, async () => {
      await checkReceiver(row, to);
      const from = row.owner ?? 'nobody here';
      return ledger.move(row, row.state, {
        actor: person.name,
        cause: `handed over from ${from} to ${to}`,
        failure:
          row.failure_code === null ? null : { code: row.failure_code, message: row.failure_message ?? '' },
        patch: { owner: to, active_at: clock.now() },
        besides: async (within) => {
          // Counted again where no replica can add another one meanwhile; this one is among them by now.
          await lockQuota(within, `bookings of ${to}`);
          const others = (await countOpenBookings(within, to)) - 1;
          refuseIf(quotaRefusal(others, quota, { name: to, role: people.roleOf(to) }));
          await insertHandOver(within, {
            id: newId(),
            booking_id: row.id,
            at: clock.now(),
            from_owner: row.owner,
            to_owner: to,
            actor: person.name,
            dismissed_at: null,
          });
        },
        note: {
          action: 'booking.hand-over',
          outcome: 'done',
          detail: `From ${from} to ${to}.`,
          before: from,
          after: to,
        },
      });
    });
}
