import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import type { KeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { Logger } from '../../../lib/logger.ts';
import { createWithRowLock } from '../../../lib/with-row-lock.ts';
import { bookingById, ownedUpstreamIds } from '../../../store/bookings.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import type { Database } from '../../../store/schema.ts';
import type { ListedInstance, RerobotsClient, Reservation } from '../../../upstream/rerobots/client.ts';
import { advanceInstance, advanceQueued } from './advance.ts';
import type { BookingDecision } from './advance.ts';
import type { BookingExecutor } from './executor.ts';
import { matchUnanswered } from './failures/unanswered.ts';
import type { BookingLedger } from './ledger.ts';
import { createBookingLists } from './lists/lists.ts';
import type { Lists } from './lists/lists.ts';
import { isPendingTermination } from './pending-termination.ts';
import { readIsDue } from './polling.ts';
import { createBookingReminders } from './reminders.ts';

type Unowned = { instances: ListedInstance[]; reservations: Reservation[] };

type Options = {
  db: Kysely<Database>;
  ledger: BookingLedger;
  executor: BookingExecutor;
  client: RerobotsClient;
  hub: EventHub;
  mutex: KeyedMutex;
  clock: Clock;
  logger: Logger;
};

export type BookingReconciler = {
  /** Reads and settles what is due; call it about once a second. */
  tick(): Promise<void>;
  /** Carries out what was requested while no calls were left; it goes before any read. */
  carryOutPendingTerminations(): Promise<void>;
  /** Has the instance or reservation read at the next tick: something outside hinted that it changed. */
  readSoon(upstreamId: string): void;
  /** Someone was shown the bookings: what was not booked here is looked for, too. */
  shown(): void;
  /** Instances and reservations of the account that no booking owns, as last read. */
  unowned(): Unowned;
};

/** Keeps the bookings in step with what rerobots says of the account. */
export function createBookingReconciler(options: Options): BookingReconciler {
  const { db, ledger, executor, client, mutex, clock, logger } = options;
  const lists = createBookingLists(options);
  const reminders = createBookingReminders(options);
  const readAt = new Map<string, number>();
  const missingSince = new Map<string, number>();
  let unowned: Unowned = { instances: [], reservations: [] };

  const carryOut = async (row: BookingRow, decision: BookingDecision): Promise<BookingRow> => {
    if (decision.kind === 'wait') return row;
    if (decision.kind === 'learn') return ledger.patch(row, decision.patch);
    if (decision.kind === 'terminate') return executor.terminate(row, null);
    if (decision.kind === 'cancel') return executor.cancel(row, null);
    const { to, cause, failure, patch } = decision;
    return ledger.move(row, to, {
      actor: null,
      cause,
      failure: failure ?? null,
      ...(patch ? { patch } : {}),
    });
  };

  const withRowLock = createWithRowLock<BookingRow>({
    mutex,
    read: (id) => bookingById(db, id),
    onError: (error, id) =>
      logger.warn({ err: error, bookingId: id }, 'a booking could not be reconciled; it is tried again'),
  });

  const missingFor = (id: string, missing: boolean): number => {
    if (!missing) {
      missingSince.delete(id);
      return 0;
    }
    const since = missingSince.get(id) ?? clock.now();
    missingSince.set(id, since);
    return clock.now() - since;
  };

  /** Reads the booking's instance and follows it; false where it could not be read or is not known. */
  const follow = async (row: BookingRow): Promise<'read' | 'unread' | 'unknown'> => {
    if (row.upstream_id === null) return 'unread';
    readAt.set(row.id, clock.now());
    const instance = await client.instance(row.upstream_id, 'follow').catch(unread);
    if (instance === undefined) return 'unread';
    if (instance === null && row.state === 'queued') return 'unknown';
    const missingForMs = missingFor(row.id, instance === null);
    const moved = await carryOut(row, advanceInstance(row, { instance, missingForMs, now: clock.now() }));
    if (instance?.status === 'READY' && moved.state === 'ready') ledger.learn(moved, instance);
    return 'read';
  };

  const keepUnowned = async ({ instances, reservations }: Lists): Promise<void> => {
    const ids = [...instances, ...reservations].map((one) => one.id);
    const owned = await ownedUpstreamIds(db, ids);
    const free = <T extends { id: string }>(list: T[]): T[] => list.filter((one) => !owned.has(one.id));
    unowned = { instances: free(instances), reservations: free(reservations) };
  };

  /** A booking in neither list may have become an instance that lists do not show any more: that alone tells. */
  const followQueued = async (row: BookingRow, seen: Lists): Promise<void> => {
    if (row.state !== 'queued') return;
    const listed = [...seen.instances, ...seen.reservations].some((one) => one.id === row.upstream_id);
    if (!listed && (await follow(row)) !== 'unknown') return;
    await carryOut(row, advanceQueued(row, seen, missingFor(row.id, !listed)));
  };

  const followLists = async (seen: Lists): Promise<void> => {
    await keepUnowned(seen);
    for (const { id, upstream_id: upstreamId } of ledger.openRows.values()) {
      const status = seen.instances.find((one) => one.id === upstreamId)?.status ?? null;
      if (status === 'INIT') readAt.set(id, clock.now());
    }
    for (const { id, state } of ledger.openRows.values()) {
      if (state === 'queued') await withRowLock(id, (row) => followQueued(row, seen));
      if (state !== 'requested') continue;
      await withRowLock(id, async (row) => {
        if (row.state !== 'requested' || row.sent_at === null || row.sent_at > seen.askedAt) return;
        await carryOut(row, matchUnanswered(row, unowned, clock.now()));
        await keepUnowned(seen);
      });
    }
  };

  const forget = (): void => {
    for (const map of [readAt, missingSince]) {
      for (const id of map.keys()) if (!ledger.openRows.has(id)) map.delete(id);
    }
  };

  return {
    shown: () => lists.shown(),
    unowned: () => unowned,
    readSoon(upstreamId) {
      const named = [...ledger.openRows.values()].filter((row) => row.upstream_id === upstreamId);
      for (const row of named) readAt.delete(row.id);
      if (named.length > 0) lists.hint();
    },
    async carryOutPendingTerminations() {
      if (!client.configured) return;
      for (const { id } of (await ledger.refresh()).filter(isPendingTermination)) {
        if (!executor.callsAreAllowed()) return;
        await withRowLock(id, async (row) => {
          if (!isPendingTermination(row)) return;
          await (row.state === 'queued' ? executor.cancel(row, null) : executor.terminate(row, null));
        });
      }
    },
    async tick() {
      if (!client.configured) return;
      const rows = await ledger.refresh();
      forget();
      const seen = await lists.read(rows, unowned.instances.length + unowned.reservations.length);
      if (seen) await followLists(seen);
      const now = clock.now();
      const due = [...ledger.openRows.values()].filter((row) =>
        readIsDue(row, {
          seen,
          sinceMs: now - (readAt.get(row.id) ?? Number.NEGATIVE_INFINITY),
          known: row.upstream_id !== null && ledger.knows(row.upstream_id),
        }),
      );
      await Promise.all(due.map(({ id }) => withRowLock(id, follow)));
      for (const { id } of reminders.due()) await withRowLock(id, (row) => reminders.remind(row));
    },
  };
}

/** What could not be read now is read later, and the client has told the health; any other error is a fault of ours. */
function unread(error: unknown): undefined {
  if (!(error instanceof UpstreamError)) throw error;
  return undefined;
}
