import type {
  Booking,
  BookingRequest,
  BookingsResponse,
  DeploymentsQuery,
  DeploymentsResponse,
  bookingsQuery,
} from '@cyclorama/shared/robots.ts';
import { bookingStateRefusal, holdsRobot, quotaRefusal } from '@cyclorama/shared/rules/bookings.ts';
import type { BookingAction } from '@cyclorama/shared/rules/bookings.ts';
import {
  deploymentOrders,
  deploymentRefusal,
  pageOf,
  searchDeployments,
  sortDeployments,
} from '@cyclorama/shared/rules/deployments.ts';
import type { Kysely } from 'kysely';
import type { z } from 'zod';

import type { RecordActivity } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import { AppError, UpstreamError } from '../../lib/errors.ts';
import type { EventHub } from '../../lib/event-hub.ts';
import { createKeyedMutex } from '../../lib/keyed-mutex.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Person } from '../../lib/person.ts';
import { checkMayActOn, refuseIf } from '../../lib/refuse.ts';
import { singleFlight } from '../../lib/single-flight.ts';
import { bookingById, countOpenBookings, listBookings } from '../../store/bookings.ts';
import type { BookingRow } from '../../store/bookings.ts';
import type { Database } from '../../store/schema.ts';
import type { UpstreamHealth } from '../../upstream/health.ts';
import type { RerobotsClient } from '../../upstream/rerobots/client.ts';
import { createBookingExecutor } from './bookings/executor.ts';
import { createHandOver } from './bookings/hand-over.ts';
import type { People } from './bookings/hand-over.ts';
import { createBookingLauncher } from './bookings/launcher.ts';
import { createBookingLedger } from './bookings/ledger.ts';
import { createUnclaimed } from './bookings/lists/unclaimed.ts';
import { presentBooking } from './bookings/presenter.ts';
import { createBookingReconciler } from './bookings/reconciler.ts';
import { requestedRow } from './bookings/request.ts';
import { createDeploymentsCollector } from './deployments/collector.ts';
import { countDeployments, shortestQueue } from './deployments/rules.ts';

export type RobotsDeps = {
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

export type RobotsService = ReturnType<typeof createRobotsService>;

const TICK_MS = 1_000;
const LISTED_AT_MOST = 500;

/** Remote robots: what can be booked, who of the team holds what, and every booking followed to its end. */
export function createRobotsService(deps: RobotsDeps) {
  const { db, clock, logger, client, health } = deps;
  const mutex = createKeyedMutex();
  const ledger = createBookingLedger(deps);
  const executor = createBookingExecutor({ ledger, client, clock, callbackUrlOf: deps.callbackUrlOf });
  const collector = createDeploymentsCollector(deps);
  const reconciler = createBookingReconciler({ ...deps, ledger, executor, mutex });
  const launcher = createBookingLauncher({
    ...deps,
    ledger,
    executor,
    mutex,
    otherDeployment: (type) => shortestQueue(collector.all(), type)?.id ?? null,
  });
  const handOver = createHandOver({ ...deps, ledger, mutex });
  let timer: NodeJS.Timeout | undefined;

  const deploymentOf = (id: string | null | undefined) =>
    collector.all().find((deployment) => deployment.id === id) ?? null;

  const unclaimed = createUnclaimed({ ...deps, ledger, reconciler, deploymentOf });

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

  const turn = async (): Promise<void> => {
    await reconciler.carryOutPendingTerminations();
    await Promise.all([collector.tick(), reconciler.tick()]);
    unclaimed.publish();
  };

  /** A launch may take long to be answered: the bookings are followed meanwhile. */
  const onError = (error: unknown): void =>
    logger.warn({ err: error }, 'the bookings could not be reconciled');
  const turns = singleFlight(turn, onError);
  const launches = singleFlight(() => launcher.tick(), onError);
  const tick = async (): Promise<void> => {
    await turns.run();
    await launches.run();
  };

  return {
    deployments(query: DeploymentsQuery): DeploymentsResponse {
      const all = collector.all();
      const types = [...new Set(all.map((deployment) => deployment.type))].toSorted();
      const found = sortDeployments(
        searchDeployments(all, query),
        deploymentOrders[query.sort_by ?? 'inc_wtype'],
      );
      const { items: deployments, page, pages: pageCount } = pageOf(found, query);
      return { freshness: health.freshness(), deployments, page, pageCount, total: found.length, types };
    },

    /** What is told of robots to those who keep a record of them. */
    fleet: {
      all: () => collector.all(),
      readings: () => collector.readings(),
      prefer: (ids: ReadonlySet<string>) => collector.prefer(ids),
      present: (row: BookingRow) => ledger.present(row),
      unclaimed: () => unclaimed.rows(),
    },

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
      const deployment = deploymentOf(body.deploymentId);
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

    async bookings({ state }: z.output<typeof bookingsQuery>): Promise<BookingsResponse> {
      reconciler.shown();
      const rows = await listBookings(db, { state, limit: LISTED_AT_MOST });
      const others = state === 'ended' ? [] : unclaimed.rows();
      const bookings = [
        ...rows.map((row) => ledger.present(row)),
        ...others.map((row) => presentBooking(row, null)),
      ];
      return { freshness: health.freshness(), bookings };
    },

    booking: async (id: string): Promise<Booking> => ledger.present(await existing(id)),

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

    /** For the overview: deployments, `mine` = the person's open bookings, `inUse` = robots the account holds now. */
    numbers(person: string | null) {
      const open = [...ledger.openRows.values()];
      const holding = open.filter(holdsRobot).length;
      return {
        ...countDeployments(collector.all()),
        mine: open.filter((row) => row.owner === person).length,
        inUse: holding + reconciler.unowned().instances.length,
      };
    },

    /** One round of reading and settling; `start` runs it every second. */
    tick,

    start(): void {
      void tick();
      timer = setInterval(() => void tick(), TICK_MS);
    },

    /** Stops the timer and waits for the calls under way. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await turns.settled();
      await launches.settled();
      await mutex.settled();
    },
  };
}
