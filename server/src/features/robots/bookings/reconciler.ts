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
import { createReopening } from './reopen.ts';
import { READY_POLL_MS } from './rules.ts';
import { createVisibility } from './visibility.ts';

export type Unowned = { instances: ListedInstance[]; reservations: Reservation[] };

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
  /** Call about once a second; each booking is read as often as its state needs. */
  tick(): Promise<void>;
  /** Before any read, so that ending a robot gets the first calls the rate limit allows. */
  carryOutPendingTerminations(): Promise<void>;
  /** Makes the read of an instance or reservation due at the next tick. */
  pollSoon(upstreamId: string): void;
  /** Someone has read the bookings: unclaimed ones are read for a while. */
  markWatched(): void;
  unowned(): Unowned;
  /** Takes up what another replica read. */
  adoptUnowned(read: Unowned): void;
  /** In place of `tick` where another replica leads: reads only what is not stored, the connection of a ready robot. */
  learnConnections(): Promise<void>;
};

export function createBookingReconciler(options: Options): BookingReconciler {
  const { db, ledger, executor, client, mutex, clock, logger } = options;
  const lists = createBookingLists(options);
  const reminders = createBookingReminders(options);
  const readAt = new Map<string, number>();
  const missingSince = new Map<string, number>();
  let unowned: Unowned = { instances: [], reservations: [] };

  const applyDecision = async (row: BookingRow, decision: BookingDecision): Promise<BookingRow> => {
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
      logger.warn({ err: error, bookingId: id }, 'a booking could not be reconciled; it is retried'),
  });

  const reopenEnded = createReopening({ ...options, withRowLock });
  const visibility = createVisibility(options);

  const missingFor = (id: string, missing: boolean): number => {
    if (!missing) {
      missingSince.delete(id);
      return 0;
    }
    const since = missingSince.get(id) ?? clock.now();
    missingSince.set(id, since);
    return clock.now() - since;
  };

  const follow = async (row: BookingRow): Promise<'read' | 'unread' | 'unknown'> => {
    if (row.upstream_id === null) return 'unread';
    readAt.set(row.id, clock.now());
    const readAs = client.account();
    const instance = await client.instance(row.upstream_id, 'follow').catch(ignoreUpstreamError);
    if (instance === undefined || client.account() !== readAs) return 'unread';
    if (instance === null && visibility.isOfAnotherAccount(row)) return 'read';
    if (instance === null && row.state === 'queued') return 'unknown';
    const shown = instance === null ? row : await visibility.shown(row, readAs);
    const missingForMs = missingFor(row.id, instance === null);
    const moved = await applyDecision(
      shown,
      advanceInstance(shown, { instance, missingForMs, now: clock.now() }),
    );
    if (instance?.status === 'READY' && moved.state === 'ready') ledger.learn(moved, instance);
    return 'read';
  };

  const updateUnowned = async (
    { instances, reservations }: Lists,
    over: ReadonlySet<string>,
  ): Promise<void> => {
    const ids = [...instances, ...reservations].map((one) => one.id);
    const owned = await ownedUpstreamIds(db, ids);
    const free = <T extends { id: string }>(list: T[]): T[] =>
      list.filter((one) => !owned.has(one.id) && !over.has(one.id));
    unowned = { instances: free(instances), reservations: free(reservations) };
  };

  /** A booking in neither list may be an instance that lists no longer show, so the instance itself is read. */
  const followQueued = async (row: BookingRow, seen: Lists): Promise<void> => {
    if (row.state !== 'queued' || visibility.isOfAnotherAccount(row)) return;
    const listed = [...seen.instances, ...seen.reservations].some((one) => one.id === row.upstream_id);
    if (!listed && (await follow(row)) !== 'unknown') return;
    await applyDecision(row, advanceQueued(row, seen, missingFor(row.id, !listed)));
  };

  const followLists = async (seen: Lists): Promise<void> => {
    const over = await reopenEnded(seen);
    await updateUnowned(seen, over);
    for (const { id, upstream_id: upstreamId } of ledger.openRows.values()) {
      const status = seen.instances.find((one) => one.id === upstreamId)?.status ?? null;
      if (status === 'INIT') readAt.set(id, clock.now());
    }
    for (const { id, state } of ledger.openRows.values()) {
      if (state === 'queued') await withRowLock(id, (row) => followQueued(row, seen));
      if (state !== 'requested') continue;
      await withRowLock(id, async (row) => {
        if (row.state !== 'requested' || row.sent_at === null || row.sent_at > seen.askedAt) return;
        if (visibility.isOfAnotherAccount(row)) return;
        await applyDecision(row, matchUnanswered(row, unowned, clock.now()));
        await updateUnowned(seen, over);
      });
    }
  };

  const forgetEnded = (): void => {
    for (const map of [readAt, missingSince]) {
      for (const id of map.keys()) if (!ledger.openRows.has(id)) map.delete(id);
    }
  };

  return {
    markWatched: () => lists.markWatched(),
    unowned: () => unowned,
    adoptUnowned(read) {
      unowned = read;
    },
    async learnConnections() {
      const rows = await ledger.refresh();
      forgetEnded();
      if (!client.configured) return;
      const now = clock.now();
      for (const row of rows) {
        const { id, upstream_id: upstreamId, state } = row;
        if (state !== 'ready' || upstreamId === null || visibility.isOfAnotherAccount(row)) continue;
        const sinceMs = now - (readAt.get(id) ?? Number.NEGATIVE_INFINITY);
        if (ledger.hasConnection(upstreamId) || sinceMs < READY_POLL_MS) continue;
        readAt.set(id, now);
        const instance = await client.instance(upstreamId, 'follow').catch(ignoreUpstreamError);
        if (instance?.status === 'READY') ledger.learn(row, instance);
      }
    },
    pollSoon(upstreamId) {
      const named = [...ledger.openRows.values()].filter((row) => row.upstream_id === upstreamId);
      for (const row of named) readAt.delete(row.id);
      if (named.length > 0) lists.hint();
    },
    async carryOutPendingTerminations() {
      if (!client.configured) return;
      const pending = (await ledger.refresh()).filter(isPendingTermination);
      for (const { id } of pending.filter((row) => !visibility.isOfAnotherAccount(row))) {
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
      forgetEnded();
      if (visibility.accountChanged()) {
        unowned = { instances: [], reservations: [] };
        lists.hint();
      }
      for (const { id } of rows.filter(visibility.isOutdated)) await withRowLock(id, visibility.update);
      const readAs = client.account();
      const seen = await lists.read(rows, unowned.instances.length + unowned.reservations.length);
      if (seen && client.account() === readAs) await followLists(seen);
      const now = clock.now();
      const due = [...ledger.openRows.values()].filter((row) =>
        readIsDue(row, {
          lists: seen,
          sinceMs: now - (readAt.get(row.id) ?? Number.NEGATIVE_INFINITY),
          now,
          isOther: visibility.isOfAnotherAccount(row),
          known: row.upstream_id !== null && ledger.hasConnection(row.upstream_id),
        }),
      );
      await Promise.all(due.map(({ id }) => withRowLock(id, follow)));
      for (const { id } of reminders.due()) await withRowLock(id, (row) => reminders.remind(row));
    },
  };
}

/** Read again later; the client has recorded it in the upstream's health. Any other error is our own fault. */
function ignoreUpstreamError(error: unknown): undefined {
  if (!(error instanceof UpstreamError)) throw error;
  return undefined;
}
