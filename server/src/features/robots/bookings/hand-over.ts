import type { Role } from '@cyclorama/shared/common.ts';
import type { BookingState } from '@cyclorama/shared/robots.ts';
import type { Kysely } from 'kysely';

import type { RecordActivity } from '../../../lib/activity-note.ts';
import type { Clock } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { KeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { Person } from '../../../lib/person.ts';
import { countOpenBookings } from '../../../store/bookings.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import type { Database } from '../../../store/schema.ts';
import type { BookingLedger } from './ledger.ts';

/** Who is known here, and what they may do. */
export type People = {
  hasSignedIn(name: string): Promise<boolean>;
  roleOf(name: string): Role;
};

type Options = {
  db: Kysely<Database>;
  clock: Clock;
  ledger: BookingLedger;
  mutex: KeyedMutex;
  record: RecordActivity;
  people: People;
  quota: number | null;
};

/** Why a booking can't be handed over now, as a sentence; null where it can. */
export function whyNoHandOver(row: BookingRow): string | null {
  if (row.termination_requested === 1) return 'This robot is to be given back already.';
  const why: Partial<Record<BookingState, string | null>> = {
    requested: 'rerobots has not answered this booking yet; wait until it is settled.',
    queued: null,
    starting: null,
    ready: null,
    terminating: 'This robot is being terminated already.',
  };
  const told = why[row.state];
  return told === undefined ? `This booking is over: it is ${row.state}.` : told;
}

/** Gives bookings to others who may operate robots; on record, and counted against their quota. */
export function createHandOver({ db, clock, ledger, mutex, record, people, quota }: Options) {
  const checkReceiver = async (row: BookingRow, to: string): Promise<void> => {
    const refuse = (message: string): AppError =>
      new AppError('invalid-request', message, { field: 'body.to' });
    if (to === row.owner) throw refuse(`This booking belongs to ${to} already.`);
    if (!(await people.hasSignedIn(to))) {
      throw refuse(`Expected someone who has signed in here before; nobody of the name ${to} has.`);
    }
    if (people.roleOf(to) === 'viewer')
      throw refuse(`Expected an operator or an admin; ${to} may only look.`);
    if (quota === null || people.roleOf(to) === 'admin') return;
    const open = await countOpenBookings(db, to);
    if (open < quota) return;
    const bookings = open === 1 ? '1 open booking' : `${open} open bookings`;
    throw new AppError('not-allowed-now', `${to} has ${bookings}, and a person may have ${quota} at a time.`);
  };

  /** The row after `to` got it. Throws AppError `invalid-request` or `not-allowed-now` where they can't have it. */
  return async (row: BookingRow, to: string, person: Person): Promise<BookingRow> =>
    mutex.run(`person ${to}`, async () => {
      await checkReceiver(row, to);
      const from = row.owner ?? 'nobody here';
      const moved = await ledger.move(row, row.state, {
        actor: person.name,
        cause: `handed over from ${from} to ${to}`,
        failure:
          row.failure_code === null ? null : { code: row.failure_code, message: row.failure_message ?? '' },
        patch: { owner: to, active_at: clock.now() },
      });
      await record({
        actor: person.name,
        action: 'booking.hand-over',
        subject: { kind: 'booking', id: row.id, name: row.type },
        outcome: 'done',
        detail: `From ${from} to ${to}.`,
      });
      return moved;
    });
}
