import type { Booking, BookingRequest, BookingsResponse, bookingsQuery } from '@cyclorama/shared/robots.ts';
import { bookingStateRefusal, holdsRobot, quotaRefusal } from '@cyclorama/shared/rules/bookings.ts';
import type { BookingAction } from '@cyclorama/shared/rules/bookings.ts';
import { deploymentRefusal } from '@cyclorama/shared/rules/deployments.ts';
import type { Kysely } from 'kysely';
import type { z } from 'zod';

import type { RecordActivity } from '../../../lib/activity-note.ts';
import type { Clock } from '../../../lib/clock.ts';
import { AppError, UpstreamError } from '../../../lib/errors.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import { createKeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { Person } from '../../../lib/person.ts';
import { checkMayActOn, refuseIf } from '../../../lib/refuse.ts';
import { bookingById, countOpenBookings, listBookings } from '../../../store/bookings.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import type { Database } from '../../../store/schema.ts';
import type { UpstreamHealth } from '../../../upstream/health.ts';
import type { RerobotsClient } from '../../../upstream/rerobots/client.ts';
import type { DeploymentsService } from '../deployments/service.ts';
import { createBookingExecutor } from './executor.ts';
import { createHandOver } from './hand-over.ts';
import type { People } from './hand-over.ts';
import { createBookingLauncher } from './launcher.ts';
import { createBookingLedger } from './ledger.ts';
import { createUnclaimed } from './lists/unclaimed.ts';
import { presentBooking } from './presenter.ts';
import { createBookingReconciler } from './reconciler.ts';
import { requestedRow } from './request.ts';

export type BookingsDeps = {
  db: Kysely<Database>;
  hub: EventHub;
  clock: Clock;
  logger: Logger;
  record: RecordActivity;
  client: RerobotsClient;
  health: Pick<UpstreamHealth, 'freshness'>;
  newId: () => string;
  /** How many open bookings a person may have; null: any number. */
  quota: number | null;
  people: People;
  /** Where rerobots tells of a booking that something changed; null or absent: nowhere. Holds a secret. */
  callbackUrlOf?: (bookingId: string) => string | null;
};

export type BookingsService = ReturnType<typeof createBookingsService>;

const LISTED_AT_MOST = 500;

/** Who of the team holds which robot, and every booking followed to its end. */
export function createBookingsService(
  deps: BookingsDeps & { deployments: Pick<DeploymentsService, 'find' | 'shortestQueue'> },
) {
  const { db, clock, client, health, deployments } = deps;
  const mutex = createKeyedMutex();
  const ledger = createBookingLedger(deps);
  const executor = createBookingExecutor({ ledger, client, clock, callbackUrlOf: deps.callbackUrlOf });
  const reconciler = createBookingReconciler({ ...deps, ledger, executor, mutex });
  const launcher = createBookingLauncher({
    ...deps,
    ledger,
    executor,
    mutex,
    otherDeployment: (type) => deployments.shortestQueue(type)?.id ?? null,
  });
  const handOver = createHandOver({ ...deps, ledger, mutex });
  const unclaimed = createUnclaimed({
    ...deps,
    ledger,
    reconciler,
    deploymentOf: (id) => deployments.find(id),
  });

  const existing = async (id: string): Promise<BookingRow> => {
    const row = (await bookingById(db, id)) ?? unclaimed.rows().find((one) => one.id === id);
    if (!row) throw new AppError('not-found', 'There is no booking with this id.');
    return row;
  };

  /** Does `work` on a booking in its turn, after checking who asks; an unclaimed one is taken into the ledger first. */
  const act = async (
    id: string,
    person: Person,
    action: BookingAction,
    work: (row: BookingRow) => Promise<BookingRow>,
  ): Promise<Booking> =>
    mutex.run(id, async () => {
      const row = await existing(id);
      checkMayActOn(row, person);
      refuseIf(bookingStateRefusal(action, presentBooking(row, null)));
      if (!(await bookingById(db, id)))
        await ledger.open(row, person.name, 'taken into the ledger to act on it');
      return ledger.present(await work(row));
    });

  return {
    /**
     * Books a robot. Throws where nothing was booked; a booking that was not answered comes back `requested` with its
     * failure and is followed to its end.
     */
    async book(body: BookingRequest, person: Person): Promise<Booking> {
      if (!client.configured) {
        throw new UpstreamError(
          'rerobots',
          'unconfigured',
          'rerobots is not configured: REROBOTS_API_TOKEN is not set.',
        );
      }
      const deployment = deployments.find(body.deploymentId);
      refuseIf(deployment && deploymentRefusal(deployment), 'Choose another robot.');
      const known = deployment ?? (body.type === undefined ? null : { type: body.type, region: '' });
      const id = deps.newId();
      const row = requestedRow(body, known, { id, owner: person.name, now: clock.now() });
      return mutex.run(id, async () => {
        const opened = await mutex.run(`person ${person.name}`, async () => {
          refuseIf(quotaRefusal(await countOpenBookings(db, person.name), deps.quota, { role: person.role }));
          return ledger.open(row, person.name, 'booking asked for');
        });
        return ledger.present(await launcher.launch(opened));
      });
    },

    async list({ state }: z.output<typeof bookingsQuery>): Promise<BookingsResponse> {
      reconciler.shown();
      const rows = await listBookings(db, { state, limit: LISTED_AT_MOST });
      const others = state === 'ended' ? [] : unclaimed.rows();
      const bookings = [
        ...rows.map((row) => ledger.present(row)),
        ...others.map((row) => presentBooking(row, null)),
      ];
      return { freshness: health.freshness(), bookings };
    },

    detail: async (id: string): Promise<Booking> => ledger.present(await existing(id)),

    /** Ends a booking's robot; while it starts, the request is kept and carried out as soon as it can be. */
    terminate: (id: string, person: Person): Promise<Booking> =>
      act(id, person, 'terminate', (row) => executor.terminate(row, person.name)),

    /** Leaves the queue, or takes back what was not sent to rerobots yet. */
    cancel: (id: string, person: Person): Promise<Booking> =>
      act(id, person, 'cancel', (row) =>
        row.state === 'requested' ? launcher.takeBack(row, person.name) : executor.cancel(row, person.name),
      ),

    /** Gives a booking to another member of the team. */
    handOver: (id: string, to: string, person: Person): Promise<Booking> =>
      act(id, person, 'hand-over', (row) => handOver(row, to, person)),

    /** Someone did something with the booking's robot here: it is not idle. */
    async touched(id: string): Promise<void> {
      const row = await bookingById(db, id);
      if (row) await ledger.patch(row, { active_at: clock.now() });
    },

    /** A hint from outside that the instance or reservation changed: it is read soon; nothing else is believed of it. */
    readSoon: (upstreamId: string): void => reconciler.readSoon(upstreamId),

    /** A row as the page knows it. */
    present: (row: BookingRow): Booking => ledger.present(row),

    /** What the account holds and nobody booked here. */
    unclaimed: (): BookingRow[] => unclaimed.rows(),

    /** For the overview: `mine` = the person's open bookings, `inUse` = robots the account holds now. */
    numbers(person: string | null) {
      const open = [...ledger.openRows.values()];
      return {
        mine: open.filter((row) => row.owner === person).length,
        inUse: open.filter(holdsRobot).length + reconciler.unowned().instances.length,
      };
    },

    /** What was requested while no calls were left; it goes before anything is read. */
    carryOutPendingTerminations: (): Promise<void> => reconciler.carryOutPendingTerminations(),
    /** Reads and settles what is due. */
    follow: (): Promise<void> => reconciler.tick(),
    publishUnclaimed: (): void => unclaimed.publish(),
    /** Sends what was held back and may go now. */
    launchHeld: (): Promise<void> => launcher.tick(),
    /** Resolves when no booking is being acted on. */
    settled: (): Promise<void> => mutex.settled(),
  };
}
