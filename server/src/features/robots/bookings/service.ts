import type { Booking, BookingRequest, BookingsResponse, bookingsQuery } from '@cyclorama/shared/robots.ts';
import {
  bookingStateRefusal,
  canStopWaiting,
  holdsRobot,
  isOpenBooking,
  quotaRefusal,
} from '@cyclorama/shared/rules/bookings.ts';
import type { BookingAction } from '@cyclorama/shared/rules/bookings.ts';
import { deploymentRefusal } from '@cyclorama/shared/rules/deployments.ts';
import type { Kysely } from 'kysely';
import type { z } from 'zod';

import type { RecordActivity } from '../../../lib/activity-note.ts';
import type { Clock } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import type { RequestKey } from '../../../lib/idempotency.ts';
import { createKeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { Person } from '../../../lib/person.ts';
import { checkMayActOn, refuseIf } from '../../../lib/refuse.ts';
import { bookingById, candidatesOf, countOpenBookings, listBookings } from '../../../store/bookings.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import type { ChangeOnRecord } from '../../../store/on-record.ts';
import type { Database } from '../../../store/schema.ts';
import type { UpstreamHealth } from '../../../upstream/health.ts';
import { unconfigured } from '../../../upstream/rerobots/calls.ts';
import type { RerobotsClient } from '../../../upstream/rerobots/client.ts';
import type { DeploymentsService } from '../deployments/service.ts';
import type { RobotFacts } from '../robot-facts.ts';
import { createBookingExecutor } from './executor.ts';
import { givenUp } from './failures/failures.ts';
import { notPermitted } from './failures/refusals.ts';
import { createHandOver } from './hand-over.ts';
import type { People } from './hand-over.ts';
import { createBookingLauncher } from './launcher.ts';
import { createBookingLedger } from './ledger.ts';
import { createUnclaimed } from './lists/unclaimed.ts';
import { createHandOverNotices } from './notices.ts';
import { presentBooking } from './presenter.ts';
import { createBookingReconciler } from './reconciler.ts';
import type { Unowned } from './reconciler.ts';
import { reopen } from './reopen.ts';
import { requestedRow, sharedByAll } from './request.ts';

export type BookingsDeps = {
  db: Kysely<Database>;
  hub: EventHub;
  clock: Clock;
  logger: Logger;
  record: RecordActivity;
  changeOnRecord: ChangeOnRecord;
  client: RerobotsClient;
  health: Pick<UpstreamHealth, 'freshness'>;
  newId: () => string;
  /** Open bookings per person; null: unlimited. */
  quota: number | null;
  people: People;
  facts?: RobotFacts;
  /** Contains a secret. Null or absent: no callbacks. */
  callbackUrlOf?: (bookingId: string) => string | null;
};

export type BookingsService = ReturnType<typeof createBookingsService>;

const MAX_LISTED = 500;

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
    account: () => client.account(),
    otherDeployment: (row) => deployments.shortestQueue(row.type, candidatesOf(row))?.id ?? null,
  });
  const handOver = createHandOver({ ...deps, ledger, mutex });
  const unclaimed = createUnclaimed({
    ...deps,
    ledger,
    reconciler,
    deploymentOf: (id) => deployments.find(id),
  });

  const existing = async (id: string): Promise<BookingRow> => {
    const stored = await bookingById(db, id);
    const isOver = stored === null || !isOpenBooking(stored);
    const row = (isOver ? unclaimed.rows().find((one) => one.id === id) : null) ?? stored;
    if (!row) throw new AppError('not-found', 'There is no booking with this id.');
    return row;
  };

  /** The stored booking; an unclaimed one is stored first. */
  const held = async (row: BookingRow, person: Person): Promise<BookingRow> => {
    const stored = await bookingById(db, row.id);
    if (stored === null)
      return ledger.open(row, { actor: person.name, cause: 'added to the ledger to act on it' });
    if (isOpenBooking(stored)) return row;
    return reopen(ledger, stored, row.state === 'queued' ? 'queued' : 'starting', client.account());
  };

  const stopWaiting = (row: BookingRow, person: Person): Promise<BookingRow> =>
    ledger.move(row, 'lost', {
      actor: person.name,
      cause: 'given up while rerobots didn’t show it',
      failure: givenUp,
      patch: { termination_requested: 1 },
    });

  /** Checks the person's rights and runs `work` under the booking's mutex. */
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
      return ledger.present(await work(await held(row, person)));
    });

  return {
    /**
     * Throws if nothing was booked. An unanswered booking returns `requested` with its failure and is followed to its
     * end.
     */
    async book(body: BookingRequest, person: Person, requestKey: RequestKey | null = null): Promise<Booking> {
      if (!client.configured) throw unconfigured(health);
      const deployment = deployments.find(body.deploymentId);
      if (deployment?.notPermitted === true) throw notPermitted();
      refuseIf(deployment && deploymentRefusal(deployment), 'Choose another robot.');
      const known =
        deployment ??
        sharedByAll(body.deploymentIds?.map((id) => deployments.find(id))) ??
        (body.type === undefined ? null : { type: body.type, region: '' });
      const id = deps.newId();
      const row = requestedRow(body, known, { id, owner: person.name, now: clock.now() });
      return mutex.run(id, async () => {
        const check = async (within: Kysely<Database>): Promise<void> => {
          const count = await countOpenBookings(within, person.name);
          refuseIf(quotaRefusal(count, deps.quota, { role: person.role }));
        };
        const first = { actor: person.name, cause: 'booking requested', requestKey, check };
        const opened = await mutex.run(`person ${person.name}`, () => ledger.open(row, first));
        return ledger.present(await launcher.launch(opened));
      });
    },

    async list({ state }: z.output<typeof bookingsQuery>): Promise<BookingsResponse> {
      reconciler.markWatched();
      const rows = await listBookings(db, { state, limit: MAX_LISTED });
      const others = state === 'ended' ? [] : unclaimed.rows();
      const bookings = [
        ...rows.map((row) => ledger.present(row)),
        ...others.map((row) => ledger.present(row)),
      ];
      return { freshness: health.freshness(), bookings };
    },

    detail: async (id: string): Promise<Booking> => ledger.present(await existing(id)),

    /** While the robot starts, the request is stored and carried out as soon as possible. */
    terminate: (id: string, person: Person): Promise<Booking> =>
      act(id, person, 'terminate', (row) => executor.terminate(row, person.name)),

    /** Leaves the queue, or cancels a booking that was not sent yet. */
    cancel: (id: string, person: Person): Promise<Booking> =>
      act(id, person, 'cancel', (row) => {
        if (row.state === 'requested') return launcher.cancelUnsent(row, person.name);
        return canStopWaiting(ledger.present(row))
          ? stopWaiting(row, person)
          : executor.cancel(row, person.name);
      }),

    handOver: (id: string, to: string, person: Person): Promise<Booking> =>
      act(id, person, 'hand-over', (row) => handOver(row, to, person)),

    notices: createHandOverNotices({ db, clock, nicknameOf: (id) => deps.facts?.nickname(id) }),

    /** The booking's robot is not idle. */
    async recordUse(id: string): Promise<void> {
      const row = await bookingById(db, id);
      if (row) await ledger.patch(row, { active_at: clock.now() });
    },

    /** For hints from outside, which are not trusted: the instance or reservation is only read sooner. */
    pollSoon: (upstreamId: string): void => reconciler.pollSoon(upstreamId),

    present: (row: BookingRow): Booking => ledger.present(row),

    /** Pushes the open bookings of a robot of which something else is known now. */
    republish: (deploymentId: string): void => ledger.republish(deploymentId),

    reread: async (ids: string[]): Promise<Booking[]> =>
      (await ledger.reread(ids)).map((row) => ledger.present(row)),

    unclaimed: (): BookingRow[] => unclaimed.rows(),

    /** The robots that the account holds now, unclaimed ones too. */
    heldDeployments(): ReadonlySet<string> {
      const booked = [...ledger.openRows.values()].filter(holdsRobot).map((row) => row.deployment_id);
      const others = reconciler.unowned().instances.map((one) => one.deploymentId);
      return new Set([...booked, ...others].filter((id) => id !== null));
    },

    /** Before any read. */
    carryOutPendingTerminations: (): Promise<void> => reconciler.carryOutPendingTerminations(),
    follow: (): Promise<void> => reconciler.tick(),
    learnConnections: (): Promise<void> => reconciler.learnConnections(),
    unowned: (): Unowned => reconciler.unowned(),
    adoptUnowned: (read: Unowned): void => reconciler.adoptUnowned(read),
    /** Makes the next read of the account's lists due soon. */
    markWatched: (): void => reconciler.markWatched(),
    publishUnclaimed: (): void => unclaimed.publish(),
    launchHeld: (): Promise<void> => launcher.tick(),
    settled: (): Promise<void> => mutex.settled(),
  };
}
