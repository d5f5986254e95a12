import type { Kysely } from 'kysely';

import type { Clock } from '../../clock.ts';
import { UpstreamError } from '../../errors.ts';
import type { EventHub } from '../../event-hub.ts';
import type { Exclusive } from '../../exclusive.ts';
import type { Logger } from '../../logger.ts';
import { bookingById, ownedUpstreamIds } from '../../store/bookings.ts';
import type { BookingRow } from '../../store/bookings.ts';
import type { Database } from '../../store/schema.ts';
import type { ListedInstance, RerobotsClient, Reservation } from '../../upstream/rerobots/client.ts';
import { advanceInstance, advanceQueued, matchUnanswered } from './bookings.advance.ts';
import type { BookingDecision } from './bookings.advance.ts';
import type { BookingExecutor } from './bookings.executor.ts';
import type { BookingLedger } from './bookings.ledger.ts';

const listsEveryMs = 10_000;
/** While nothing is open but someone watches: only for what was not booked here. */
const listsIdleMs = 60_000;
/** A hint has the lists read this long after the last time: anyone may send one. */
const hintedListsMs = 2_000;
/** So that READY is seen within five seconds. */
const instanceEveryMs = 3_500;

type Lists = { instances: ListedInstance[]; reservations: Reservation[]; readAt: number };

type Options = {
  db: Kysely<Database>;
  ledger: BookingLedger;
  executor: BookingExecutor;
  client: RerobotsClient;
  hub: EventHub;
  exclusive: Exclusive;
  clock: Clock;
  logger: Logger;
};

export type BookingReconciler = {
  /** Reads and settles what is due; call it about once a second. */
  tick(): Promise<void>;
  /** Has the instance or reservation read at the next tick: something outside hinted that it changed. */
  lookAgain(upstreamId: string): void;
  /** Instances and reservations of the account that no booking owns, as last read. */
  unowned(): { instances: ListedInstance[]; reservations: Reservation[] };
};

/** Keeps the bookings in step with what rerobots says of the account. */
export function createBookingReconciler(options: Options): BookingReconciler {
  const { db, ledger, executor, client, hub, exclusive, clock, logger } = options;
  const lookedAt = new Map<string, number>();
  const missingSince = new Map<string, number>();
  let listsTriedAt = Number.NEGATIVE_INFINITY;
  let listsHinted = false;
  let unowned: Omit<Lists, 'readAt'> = { instances: [], reservations: [] };

  const carryOut = async (row: BookingRow, decision: BookingDecision): Promise<BookingRow> => {
    if (decision.kind === 'wait') return row;
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

  /** Takes the booking's turn, reads it anew and lets `work` have it; one that is busy comes next time. */
  const inTurn = async (id: string, work: (row: BookingRow) => Promise<unknown>): Promise<void> => {
    if (exclusive.busy(id)) return;
    try {
      await exclusive.run(id, async () => {
        const row = await bookingById(db, id);
        if (row) await work(row);
      });
    } catch (error) {
      logger.warn({ err: error, bookingId: id }, 'a booking could not be reconciled; it is tried again');
    }
  };

  const missingFor = (id: string, missing: boolean): number => {
    if (!missing) {
      missingSince.delete(id);
      return 0;
    }
    const since = missingSince.get(id) ?? clock.now();
    missingSince.set(id, since);
    return clock.now() - since;
  };

  const lookAtInstance = (id: string): Promise<void> =>
    inTurn(id, async (row) => {
      if (row.upstream_id === null) return;
      lookedAt.set(id, clock.now());
      const instance = await client.instance(row.upstream_id, 'follow').catch(unread);
      if (instance === undefined) return;
      const missingForMs = missingFor(id, instance === null);
      const moved = await carryOut(row, advanceInstance(row, { instance, missingForMs }));
      if (instance?.status === 'READY' && moved.state === 'ready') ledger.learn(moved, instance);
    });

  const readLists = async (): Promise<Lists | null> => {
    listsTriedAt = clock.now();
    listsHinted = false;
    try {
      const [instances, reservations] = await Promise.all([client.instances(), client.reservations()]);
      return { instances, reservations, readAt: listsTriedAt };
    } catch (error) {
      return unread(error) ?? null;
    }
  };

  const keepUnowned = async ({ instances, reservations }: Lists): Promise<void> => {
    const ids = [...instances, ...reservations].map((one) => one.id);
    const owned = await ownedUpstreamIds(db, ids);
    const free = <T extends { id: string }>(list: T[]): T[] => list.filter((one) => !owned.has(one.id));
    unowned = { instances: free(instances), reservations: free(reservations) };
  };

  const followLists = async (lists: Lists): Promise<void> => {
    await keepUnowned(lists);
    for (const { id, state } of ledger.openRows.values()) {
      if (state === 'requested') {
        await inTurn(id, async (row) => {
          if (row.state !== 'requested' || row.requested_at > lists.readAt) return;
          await carryOut(row, matchUnanswered(row, unowned, clock.now()));
          await keepUnowned(lists);
        });
      }
      if (state === 'queued') {
        await inTurn(id, async (row) => {
          const ids = [...lists.instances, ...lists.reservations].map((one) => one.id);
          const gone = missingFor(id, !ids.includes(row.upstream_id ?? ''));
          if (row.state === 'queued') await carryOut(row, advanceQueued(row, lists, gone));
        });
      }
    }
  };

  /** A ready robot is looked at on its own where its way in is not known, or the lists say it is not ready any more. */
  const readyToLookAt = (row: BookingRow, lists: Lists | null): boolean => {
    if (row.state !== 'ready' || row.upstream_id === null) return false;
    if (!ledger.knows(row.upstream_id)) return clock.now() - (lookedAt.get(row.id) ?? 0) >= instanceEveryMs;
    if (!lists) return false;
    const listed = lists.instances.find((one) => one.id === row.upstream_id);
    return !listed || (listed.status !== null && listed.status !== 'READY');
  };

  return {
    unowned: () => unowned,
    lookAgain(upstreamId) {
      for (const row of ledger.openRows.values()) {
        if (row.upstream_id !== upstreamId) continue;
        lookedAt.delete(row.id);
        if (row.state === 'queued') listsHinted = true;
      }
    },
    async tick() {
      if (!client.configured) return;
      const rows = await ledger.refresh();
      for (const map of [lookedAt, missingSince]) {
        for (const id of map.keys()) if (!ledger.openRows.has(id)) map.delete(id);
      }
      const idleMs = hub.watchers > 0 ? listsIdleMs : Number.POSITIVE_INFINITY;
      const every = listsHinted ? hintedListsMs : rows.length > 0 ? listsEveryMs : idleMs;
      const lists = clock.now() - listsTriedAt >= every ? await readLists() : null;
      if (lists) await followLists(lists);
      for (const row of ledger.openRows.values()) {
        const due = clock.now() - (lookedAt.get(row.id) ?? 0) >= instanceEveryMs;
        const moving = row.state === 'starting' || row.state === 'terminating';
        if ((moving && due) || readyToLookAt(row, lists)) await lookAtInstance(row.id);
      }
    },
  };
}

/** What could not be read now is read later, and the client has told the health; any other error is a fault of ours. */
function unread(error: unknown): undefined {
  if (!(error instanceof UpstreamError)) throw error;
  return undefined;
}
