import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import type { Failure } from '@cyclorama/shared/common.ts';
import type { Booking, BookingState } from '@cyclorama/shared/robots.ts';
import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';
import type { Kysely, Transaction } from 'kysely';

import type { ActivityNote, RecordActivity } from '../../../lib/activity-note.ts';
import type { Clock } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import type { RequestKey } from '../../../lib/idempotency.ts';
import {
  bookingsByIds,
  insertBooking,
  moveBooking,
  openBookings,
  patchBooking,
} from '../../../store/bookings.ts';
import type { BookingPatch, BookingRow } from '../../../store/bookings.ts';
import type { ChangeOnRecord } from '../../../store/on-record.ts';
import { lockQuota } from '../../../store/quota-lock.ts';
import type { Database } from '../../../store/schema.ts';
import type { RerobotsClient, RobotInstance } from '../../../upstream/rerobots/client.ts';
import { noFacts } from '../robot-facts.ts';
import type { RobotFacts } from '../robot-facts.ts';
import { factsOf, presentBooking } from './presenter.ts';
import { bookingMoves } from './rules.ts';

export type BookingMove = {
  actor: string | null;
  cause: string;
  answer?: string | null;
  /** Null or absent clears the stored one. */
  failure?: Failure | null;
  patch?: BookingPatch;
  /** A further entry on record, beside the one of the new state. */
  note?: Omit<ActivityNote, 'actor' | 'subject'>;
  /** Stored in the same transaction. */
  besides?: (within: Transaction<Database>) => Promise<void>;
};

export type BookingLedger = {
  /** Stores the intent and the key it was requested with; only then may the request be sent. */
  open(
    row: BookingRow,
    first: {
      actor: string | null;
      cause: string;
      requestKey?: RequestKey | null;
      /** Of the owner’s quota, in the same transaction; what it throws refuses the booking. */
      check?: (within: Transaction<Database>) => Promise<void>;
    },
  ): Promise<BookingRow>;
  /** Stores and publishes one step. Throws AppError `conflict` if the booking was moved meanwhile. */
  move(row: BookingRow, to: BookingState, move: BookingMove): Promise<BookingRow>;
  /** Stores and publishes without a state transition. */
  patch(row: BookingRow, patch: BookingPatch): Promise<BookingRow>;
  /** Records an activity with the outcome `detected`. */
  recordDetected(row: BookingRow, action: string, words: string): Promise<void>;
  /** As of the last `refresh` or move here. */
  readonly openRows: ReadonlyMap<string, BookingRow>;
  refresh(): Promise<BookingRow[]>;
  /** Takes up rows that another replica changed. */
  reread(ids: string[]): Promise<BookingRow[]>;
  present(row: BookingRow): Booking;
  /** Holds the instance's connection data in memory only, and publishes the booking. */
  learn(row: BookingRow, instance: RobotInstance): void;
  hasConnection(upstreamId: string): boolean;
  republish(deploymentId: string): void;
};

type Options = {
  db: Kysely<Database>;
  hub: EventHub;
  clock: Clock;
  record: RecordActivity;
  changeOnRecord: ChangeOnRecord;
  client: Pick<RerobotsClient, 'account'>;
  facts?: RobotFacts;
};

/** rerobots knows only the account; the ledger stores who booked what. */
export function createBookingLedger({
  db,
  hub,
  clock,
  record,
  changeOnRecord,
  client,
  facts = noFacts,
}: Options): BookingLedger {
  const openRows = new Map<string, BookingRow>();
  const instances = new Map<string, RobotInstance>();
  const present = (row: BookingRow): Booking => ({
    ...presentBooking(row, instances.get(row.upstream_id ?? '') ?? null, client.account()),
    ...factsOf(row, facts),
  });
  const keep = (row: BookingRow): void => {
    if (isOpenBooking(row)) openRows.set(row.id, row);
    else {
      openRows.delete(row.id);
      instances.delete(row.upstream_id ?? '');
    }
  };
  /** Changed here while rows were being read, so newer than what was read; a set for each read. */
  const changedMeanwhile = new Set<Set<string>>();
  const unchanged = async (
    read: () => Promise<BookingRow[]>,
  ): Promise<{ rows: BookingRow[]; changed: Set<string> }> => {
    const changed = new Set<string>();
    changedMeanwhile.add(changed);
    try {
      const rows = await read();
      return { rows: rows.filter(({ id }) => !changed.has(id)), changed };
    } finally {
      changedMeanwhile.delete(changed);
    }
  };
  const apply = (row: BookingRow): void => {
    for (const changed of changedMeanwhile) changed.add(row.id);
    keep(row);
    hub.publish({ type: 'booking', booking: present(row) });
  };

  return {
    openRows,
    present,
    async open(row, { actor, cause, requestKey, check }) {
      const step = { from_state: null, to_state: row.state, at: clock.now(), actor, cause, answer: null };
      await changeOnRecord(async (within, note) => {
        if (check !== undefined) await lockQuota(within, `bookings of ${row.owner}`);
        await check?.(within);
        await insertBooking(within, row, step, requestKey);
        if (row.state === 'requested') note(noteOf(row, 'requested', actor, cause));
      });
      apply(row);
      return row;
    },
    async move(row, to, { actor, cause, answer = null, failure = null, patch = {}, note: more, besides }) {
      const from = row.state;
      if (!bookingMoves[from].includes(to)) throw new Error(`a booking can not go from ${from} to ${to}`);
      const at = clock.now();
      const step = { from_state: from, to_state: to, at, actor, cause, answer };
      const changes = {
        ...(isOpenBooking({ state: to }) ? {} : { ended_at: at }),
        ...patch,
        failure_code: failure?.code ?? null,
        failure_message: failure?.message ?? null,
      };
      const moved = await changeOnRecord(async (within, note) => {
        const after = await moveBooking(within, row.id, step, changes);
        if (after === null) return null;
        await besides?.(within);
        if (from !== to) note(noteOf(after, to, actor, cause));
        if (more !== undefined) note({ ...more, actor, subject: subjectOf(after) });
        return after;
      });
      if (!moved) {
        throw new AppError('conflict', 'Someone else changed this booking first.', {
          hint: 'Check its new state, then try again.',
        });
      }
      apply(moved);
      return moved;
    },
    async patch(row, patch) {
      const patched = await patchBooking(db, row.id, patch);
      if (!patched) throw new AppError('not-found', 'There is no booking with this id.');
      apply(patched);
      return patched;
    },
    recordDetected: (row, action, detail) =>
      record({ actor: null, action, subject: subjectOf(row), outcome: 'detected', detail }),
    async refresh() {
      const { rows, changed } = await unchanged(() => openBookings(db));
      const read = new Set(rows.map(({ id }) => id));
      for (const id of openRows.keys()) if (!read.has(id) && !changed.has(id)) openRows.delete(id);
      rows.forEach(keep);
      return [...openRows.values()];
    },
    async reread(ids) {
      const { rows } = await unchanged(() => bookingsByIds(db, ids));
      rows.forEach(keep);
      return rows;
    },
    learn(row, instance) {
      instances.set(instance.id, instance);
      hub.publish({ type: 'booking', booking: present(row) });
    },
    hasConnection: (upstreamId) => instances.has(upstreamId),
    republish(deploymentId) {
      for (const row of openRows.values()) {
        if (row.deployment_id === deploymentId) hub.publish({ type: 'booking', booking: present(row) });
      }
    },
  };
}

const notes: Record<BookingState, [action: string, outcome: ActivityEntry['outcome']]> = {
  requested: ['booking.request', 'started'],
  queued: ['booking.queue', 'done'],
  starting: ['booking.start', 'started'],
  ready: ['booking.ready', 'done'],
  terminating: ['booking.terminate', 'started'],
  terminated: ['booking.terminate', 'done'],
  failed: ['booking.start', 'failed'],
  refused: ['booking.request', 'refused'],
  cancelled: ['booking.cancel', 'done'],
  lost: ['booking.lose', 'failed'],
};

function noteOf(row: BookingRow, to: BookingState, actor: string | null, cause: string): ActivityNote {
  const [action, outcome] = notes[to];
  return { actor, action, subject: subjectOf(row), outcome, detail: row.failure_message ?? cause };
}

function subjectOf(row: BookingRow) {
  return { kind: 'booking', id: row.id, name: row.type };
}
