import { signInWay } from '@cyclorama/shared/session.ts';
import type { Kysely, Selectable } from 'kysely';

import { knownOr } from './known-values.ts';
import type { SessionTable } from './schema-people.ts';
import type { Database } from './schema.ts';

export type SessionRow = Selectable<SessionTable>;

/** Within SQLite's limit on the parameters of a statement. */
const CHUNK = 500;

const knownWay = knownOr(signInWay.options, 'passkey');
const known = (row: SessionRow): SessionRow => ({ ...row, way: knownWay(row.way) });

/** One that is stored already is left as it is. */
export async function insertSession(db: Kysely<Database>, row: SessionRow): Promise<void> {
  await db
    .insertInto('sessions')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** All within their absolute limit, ended ones too. */
export async function sessionsUntilExpiry(db: Kysely<Database>, now: number): Promise<SessionRow[]> {
  return (await db.selectFrom('sessions').selectAll().where('expires_at', '>', now).execute()).map(known);
}

export async function sessionsChangedSince(db: Kysely<Database>, since: number): Promise<SessionRow[]> {
  return (await db.selectFrom('sessions').selectAll().where('changed_at', '>=', since).execute()).map(known);
}

export type SessionEnd = { at: number; reason: string };

/** Those that ended before keep their reason. */
export async function endStoredSessions(
  db: Kysely<Database>,
  ids: readonly string[],
  { at, reason }: SessionEnd,
): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    await db
      .updateTable('sessions')
      .set({ ended_at: at, end_reason: reason, changed_at: at })
      .where('id', 'in', chunk)
      .where('ended_at', 'is', null)
      .execute();
  }
}

/** All of a person, also those that another replica has just begun. */
export async function endStoredSessionsOf(
  db: Kysely<Database>,
  person: string,
  { at, reason }: SessionEnd,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ ended_at: at, end_reason: reason, changed_at: at })
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .execute();
}

export async function touchSessions(db: Kysely<Database>, ids: readonly string[], at: number): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    await db.updateTable('sessions').set({ last_seen_at: at }).where('id', 'in', chunk).execute();
  }
}

export async function confirmStoredSession(db: Kysely<Database>, id: string, at: number): Promise<void> {
  await db.updateTable('sessions').set({ confirmed_at: at, changed_at: at }).where('id', '=', id).execute();
}

/** By person, as far back as sessions are kept. */
export async function lastSeenByPerson(db: Kysely<Database>): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('sessions')
    .select(['person', ({ fn }) => fn.max('last_seen_at').as('at')])
    .groupBy('person')
    .execute();
  return new Map(rows.map(({ person, at }) => [person, at]));
}

export async function deleteExpiredSessions(db: Kysely<Database>, now: number): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
}

function chunksOf<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, at) =>
    list.slice(at * CHUNK, (at + 1) * CHUNK),
  );
}
