import { bookingState } from '@cyclorama/shared/robots.ts';
import type { BookingState } from '@cyclorama/shared/robots.ts';
import { endedBookingStates, openBookingStates } from '@cyclorama/shared/rules/bookings.ts';
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely';

import type { RequestKey } from '../lib/idempotency.ts';
import { withKnownState, withKnownStates } from './known-values.ts';
import { insertRequestKey } from './request-keys.ts';
import type { BookingTable, Database, TransitionTable } from './schema.ts';

export type BookingRow = Selectable<BookingTable>;
export type BookingPatch = Omit<Updateable<BookingTable>, 'id' | 'state'>;
export type BookingStep = Omit<Insertable<TransitionTable<BookingState>>, 'id' | 'subject_id'>;

export const nothingYet = {
  candidates: null,
  started_at: null,
  ends_at: null,
  ended_at: null,
  termination_requested: 0,
  failure_code: null,
  failure_message: null,
  sent_at: null,
  ready_at: null,
  active_at: null,
  warned_minutes: null,
  account: null,
  missing_since: null,
} satisfies Partial<BookingRow>;

/** Ids of the deployments of which any was asked for; null: one, or any of the type. */
export function candidatesOf({ candidates }: Pick<BookingRow, 'candidates'>): string[] | null {
  return candidates === null ? null : (JSON.parse(candidates) as string[]);
}

const known = withKnownState(bookingState.options, 'lost');
const knownStep = withKnownStates(bookingState.options, 'lost');

/** With its first step and the key it was requested with, in the given transaction. */
export async function insertBooking(
  db: Kysely<Database>,
  row: BookingRow,
  step: BookingStep,
  requestKey: RequestKey | null = null,
): Promise<void> {
  await insertRequestKey(db, requestKey, { outcome: row.id, at: step.at });
  await db.insertInto('bookings').values(row).execute();
  await db
    .insertInto('booking_transitions')
    .values({ ...step, subject_id: row.id })
    .execute();
}

/**
 * State and step, in the given transaction. Null where the booking has left `step.from_state`: someone else moved it
 * first, and nothing is written.
 */
export async function moveBooking(
  db: Kysely<Database>,
  id: string,
  step: BookingStep & { from_state: BookingState },
  patch: BookingPatch = {},
): Promise<BookingRow | null> {
  const moved = await db
    .updateTable('bookings')
    .set({ ...patch, state: step.to_state })
    .where('id', '=', id)
    .where('state', '=', step.from_state)
    .returningAll()
    .executeTakeFirst();
  if (!moved) return null;
  await db
    .insertInto('booking_transitions')
    .values({ ...step, subject_id: id })
    .execute();
  return moved;
}

export async function bookingById(db: Kysely<Database>, id: string): Promise<BookingRow | null> {
  const row = await db.selectFrom('bookings').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : known(row);
}

export async function bookingsByIds(db: Kysely<Database>, ids: string[]): Promise<BookingRow[]> {
  return (await db.selectFrom('bookings').selectAll().where('id', 'in', ids).execute()).map(known);
}

export async function listBookings(
  db: Kysely<Database>,
  query: { state: 'open' | 'ended' | 'all'; limit: number },
): Promise<BookingRow[]> {
  let select = db.selectFrom('bookings').selectAll();
  if (query.state === 'open') select = select.where('state', 'in', openBookingStates);
  if (query.state === 'ended') select = select.where('state', 'not in', openBookingStates);
  const rows = await select.orderBy('requested_at', 'desc').orderBy('id').limit(query.limit).execute();
  return rows.map(known);
}

export async function openBookings(db: Kysely<Database>): Promise<BookingRow[]> {
  return db
    .selectFrom('bookings')
    .selectAll()
    .where('state', 'in', openBookingStates)
    .orderBy('requested_at')
    .execute();
}

/** An ended booking owns nothing: what rerobots lists is then somebody’s again, or nobody’s. */
export async function ownedUpstreamIds(db: Kysely<Database>, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('bookings')
    .select('upstream_id')
    .where('upstream_id', 'in', ids)
    .where('state', 'not in', endedBookingStates)
    .execute();
  return new Set(rows.flatMap((row) => row.upstream_id ?? []));
}

/** How many open bookings each known account has. */
export async function openBookingAccounts(db: Kysely<Database>): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { account } of await openBookings(db))
    if (account !== null) counts.set(account, (counts.get(account) ?? 0) + 1);
  return counts;
}

/** The newest ended booking of each id. */
export async function endedBookingsOf(db: Kysely<Database>, upstreamIds: string[]): Promise<BookingRow[]> {
  if (upstreamIds.length === 0) return [];
  const rows = await db
    .selectFrom('bookings')
    .selectAll()
    .where('upstream_id', 'in', upstreamIds)
    .where('state', 'in', endedBookingStates)
    .orderBy('requested_at')
    .execute();
  return [...new Map(rows.map((row) => [row.upstream_id, row])).values()];
}

export async function bookingSteps(
  db: Kysely<Database>,
  bookingId: string,
): Promise<Selectable<TransitionTable<BookingState>>[]> {
  const steps = await db
    .selectFrom('booking_transitions')
    .selectAll()
    .where('subject_id', '=', bookingId)
    .orderBy('id')
    .execute();
  return steps.map(knownStep);
}

/** False where it was sent already or no longer waits: then it must not be sent. */
export async function markBookingSent(
  db: Kysely<Database>,
  id: string,
  { at, account }: { at: number; account: string | null },
): Promise<boolean> {
  const row = await db
    .updateTable('bookings')
    .set({ sent_at: at, account })
    .where('id', '=', id)
    .where('state', '=', 'requested')
    .where('sent_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function patchBooking(
  db: Kysely<Database>,
  id: string,
  patch: BookingPatch,
): Promise<BookingRow | null> {
  const query = db.updateTable('bookings').set(patch).where('id', '=', id).returningAll();
  const row = await query.executeTakeFirst();
  return row === undefined ? null : known(row);
}

export async function countOpenBookings(db: Kysely<Database>, owner: string): Promise<number> {
  const { count } = await db
    .selectFrom('bookings')
    .select((select) => select.fn.countAll<number | string>().as('count'))
    .where('owner', '=', owner)
    .where('state', 'in', openBookingStates)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function bookingsOfDeployment(
  db: Kysely<Database>,
  deploymentId: string,
  limit: number,
): Promise<BookingRow[]> {
  const query = db.selectFrom('bookings').selectAll().where('deployment_id', '=', deploymentId);
  const rows = await query.orderBy('requested_at', 'desc').orderBy('id').limit(limit).execute();
  return rows.map(known);
}

export async function bookingsHeldBetween(
  db: Kysely<Database>,
  from: number,
  to: number,
): Promise<BookingRow[]> {
  const rows = await db
    .selectFrom('bookings')
    .selectAll()
    .where('started_at', '<', to)
    .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>', from)]))
    .execute();
  return rows.map(known);
}

/** Requested before `to` and not over at `from`, newest first. */
export async function bookingsBetween(
  db: Kysely<Database>,
  { from, to, deploymentId, limit }: { from: number; to: number; deploymentId?: string; limit: number },
): Promise<BookingRow[]> {
  let select = db
    .selectFrom('bookings')
    .selectAll()
    .where('requested_at', '<', to)
    .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>', from)]));
  if (deploymentId !== undefined) select = select.where('deployment_id', '=', deploymentId);
  const rows = await select.orderBy('requested_at', 'desc').orderBy('id').limit(limit).execute();
  return rows.map(known);
}
