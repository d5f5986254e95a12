import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { AppError, UpstreamError } from '../../../lib/errors.ts';
import type { KeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { Logger } from '../../../lib/logger.ts';
import { bookingById, markBookingSent, openBookings, patchBooking } from '../../../store/bookings.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import type { Database } from '../../../store/schema.ts';
import type { BookingExecutor } from './executor.ts';
import { beingBooked, neverSent } from './failures/failures.ts';
import { launchKey, windowAgainst } from './guards/window.ts';
import type { BookingLedger } from './ledger.ts';
import { HELD_FOR_MS } from './rules.ts';

/** Another replica may be about to send it itself. */
const OTHERS_MAY_HOLD_MS = 3_000;

type Options = {
  db: Kysely<Database>;
  ledger: BookingLedger;
  executor: BookingExecutor;
  mutex: KeyedMutex;
  clock: Clock;
  logger: Logger;
  /** The deployment of a type to queue for where all are busy; null where there is none. */
  otherDeployment: (type: string) => string | null;
};

export type BookingLauncher = {
  /**
   * Sends a stored booking in its turn, or holds it back (still `requested`, never sent) while another booking may get
   * the same robot. Throws where it was refused, also because someone is just booking that very robot.
   */
  launch(opened: BookingRow): Promise<BookingRow>;
  /** Takes back what was never sent. */
  takeBack(row: BookingRow, actor: string): Promise<BookingRow>;
  /** Sends what was held back and may go now; refuses what waited too long. */
  tick(): Promise<void>;
};

/** Sends launches one at a time a type, so that of two bookings here never both are told "yes" for one robot. */
export function createBookingLauncher(options: Options): BookingLauncher {
  const { db, ledger, executor, mutex, clock, logger, otherDeployment } = options;

  const refuse = (row: BookingRow, failure: typeof beingBooked): Promise<BookingRow> =>
    ledger.move(row, 'refused', { actor: row.owner, cause: 'refused before it was sent', failure });

  /** Marks it as sent in the turn of its type; the call itself holds nobody up, its open window tells the others. */
  const mayGo = (row: BookingRow): Promise<'go' | 'gone' | ReturnType<typeof windowAgainst>> =>
    mutex.run(launchKey(row), async () => {
      const window = windowAgainst(await openBookings(db), row);
      if (window !== null) return window;
      if (!(await markBookingSent(db, row.id, clock.now()))) return 'gone';
      // Another replica may have marked its own in the same moment: each looks after it has marked, so one sees it.
      const other = windowAgainst(await openBookings(db), row);
      if (other !== null) await patchBooking(db, row.id, { sent_at: null });
      return other ?? 'go';
    });

  const sendUnlessWindow = async (row: BookingRow): Promise<BookingRow> => {
    const turn = await mayGo(row);
    const now = (await bookingById(db, row.id)) ?? row;
    if (turn === 'go') {
      const otherDeploymentOf = (): string | null =>
        row.deployment_id === null ? otherDeployment(row.type) : null;
      try {
        return await executor.launch(now, row.deployment_id ?? row.type, otherDeploymentOf);
      } catch (error) {
        // Another replica may have found it at rerobots before its answer came here: then it is booked all the same.
        const found = await bookingById(db, row.id);
        if (found === null || found.upstream_id === null) throw error;
        return found;
      }
    }
    if (turn !== 'same-deployment' || row.reserve === 1) return now;
    await refuse(row, beingBooked);
    throw new AppError('conflict', beingBooked.message, {
      hint: 'Wait in the queue, take another robot of the type, or be told when this one is free.',
    });
  };

  const tryHeld = async (id: string): Promise<void> => {
    const row = await bookingById(db, id);
    if (row?.state !== 'requested' || row.sent_at !== null) return;
    if (clock.now() - row.requested_at > HELD_FOR_MS) await refuse(row, neverSent);
    else await sendUnlessWindow(row);
  };

  const held = (): BookingRow[] =>
    [...ledger.openRows.values()].filter(
      (row) =>
        row.state === 'requested' &&
        row.sent_at === null &&
        !mutex.busy(row.id) &&
        clock.now() - row.requested_at >= OTHERS_MAY_HOLD_MS,
    );

  return {
    launch: sendUnlessWindow,
    takeBack: (row, actor) =>
      ledger.move(row, 'cancelled', { actor, cause: 'taken back before it was sent' }),
    async tick() {
      for (const { id } of held().toSorted((a, b) => a.requested_at - b.requested_at)) {
        try {
          await mutex.run(id, () => tryHeld(id));
        } catch (error) {
          // A refusal is kept with the booking, which is how its owner hears of it.
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
