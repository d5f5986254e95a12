import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { AppError, UpstreamError } from '../../../lib/errors.ts';
import type { KeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { Logger } from '../../../lib/logger.ts';
import {
  bookingById,
  candidatesOf,
  markBookingSent,
  openBookings,
  patchBooking,
} from '../../../store/bookings.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import type { Database } from '../../../store/schema.ts';
import type { BookingExecutor } from './executor.ts';
import { beingBooked, neverSent } from './failures/failures.ts';
import { launchKey, windowAgainst } from './guards/window.ts';
import type { BookingLedger } from './ledger.ts';
import { MAX_HELD_MS } from './rules.ts';

/** A younger booking is left to the replica that stored it. */
const OTHER_REPLICA_MS = 3_000;

type Options = {
  db: Kysely<Database>;
  ledger: BookingLedger;
  executor: BookingExecutor;
  mutex: KeyedMutex;
  clock: Clock;
  logger: Logger;
  /** Whose token is in use. */
  account: () => string | null;
  /** The deployment to queue for if all that it may be are busy; null if there is none. */
  otherDeployment: (row: BookingRow) => string | null;
};

export type BookingLauncher = {
  /**
   * Sends a stored booking, or holds it (still `requested`, not sent) while another booking may get the same robot.
   * Throws if it was refused, also because someone else is booking that very robot.
   */
  launch(opened: BookingRow): Promise<BookingRow>;
  cancelUnsent(row: BookingRow, actor: string): Promise<BookingRow>;
  /** Sends held bookings that may go now; refuses those that waited too long. */
  tick(): Promise<void>;
};

/** Sends launches of a type one at a time, so that two bookings here never both get a "yes" for one robot. */
export function createBookingLauncher(options: Options): BookingLauncher {
  const { db, ledger, executor, mutex, clock, logger, account, otherDeployment } = options;

  const refuse = (row: BookingRow, failure: typeof beingBooked): Promise<BookingRow> =>
    ledger.move(row, 'refused', { actor: row.owner, cause: 'refused before it was sent', failure });

  /** Only marking it as sent is serialized by type; the call itself is not, as its open window holds the others. */
  const markSent = (row: BookingRow): Promise<'go' | 'gone' | ReturnType<typeof windowAgainst>> =>
    mutex.run(launchKey(row), async () => {
      const window = windowAgainst(await openBookings(db), row, clock.now());
      if (window !== null) return window;
      if (!(await markBookingSent(db, row.id, { at: clock.now(), account: account() }))) return 'gone';
      // Another replica may have marked its own at the same moment: both check after marking, so one sees the other.
      const other = windowAgainst(await openBookings(db), row, clock.now());
      if (other !== null) await patchBooking(db, row.id, { sent_at: null });
      return other ?? 'go';
    });

  const send = async (row: BookingRow): Promise<BookingRow> => {
    const result = await markSent(row);
    const now = (await bookingById(db, row.id)) ?? row;
    if (result === 'go') {
      const otherDeploymentOf = (): string | null =>
        row.deployment_id === null ? otherDeployment(row) : null;
      try {
        return await executor.launch(
          now,
          row.deployment_id ?? candidatesOf(row) ?? row.type,
          otherDeploymentOf,
        );
      } catch (error) {
        // Another replica may have found it at rerobots before the answer came here: then it is booked.
        const found = await bookingById(db, row.id);
        if (found === null || found.upstream_id === null) throw error;
        return found;
      }
    }
    if (result !== 'same-deployment' || row.reserve === 1) return now;
    await refuse(row, beingBooked);
    throw new AppError('conflict', beingBooked.message, {
      hint: 'Wait in the queue, take another robot of the type, or get notified when this one is free.',
    });
  };

  const sendHeld = async (id: string): Promise<void> => {
    const row = await bookingById(db, id);
    if (row?.state !== 'requested' || row.sent_at !== null) return;
    if (clock.now() - row.requested_at > MAX_HELD_MS) await refuse(row, neverSent);
    else await send(row);
  };

  const held = (): BookingRow[] =>
    [...ledger.openRows.values()].filter(
      (row) =>
        row.state === 'requested' &&
        row.sent_at === null &&
        !mutex.busy(row.id) &&
        clock.now() - row.requested_at >= OTHER_REPLICA_MS,
    );

  return {
    launch: send,
    cancelUnsent: (row, actor) =>
      ledger.move(row, 'cancelled', { actor, cause: 'cancelled before it was sent' }),
    async tick() {
      for (const { id } of held().toSorted((a, b) => a.requested_at - b.requested_at)) {
        try {
          await mutex.run(id, () => sendHeld(id));
        } catch (error) {
          // A refusal is stored with the booking, where its owner sees it.
          if (!isRefusal(error))
            logger.warn({ err: error, bookingId: id }, 'a held booking could not be sent');
        }
      }
    },
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof AppError || error instanceof UpstreamError;
}
