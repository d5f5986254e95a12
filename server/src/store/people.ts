import { role } from '@cyclorama/shared/common.ts';
import { personWay } from '@cyclorama/shared/session.ts';
import type { Kysely, Selectable, Updateable } from 'kysely';

import { knownOr } from './known-values.ts';
import { deleteOidcGrant } from './oidc-grants.ts';
import type { PersonTable } from './schema-people.ts';
import type { Database } from './schema.ts';

export type PersonRow = Selectable<PersonTable>;

const knownRole = knownOr(role.options, 'viewer');
const knownWay = knownOr(personWay.options, 'oidc');
const known = (row: PersonRow): PersonRow => ({
  ...row,
  way: knownWay(row.way),
  role: row.role && knownRole(row.role),
  provider_role: row.provider_role && knownRole(row.provider_role),
});

export async function allPeople(db: Kysely<Database>): Promise<PersonRow[]> {
  return (await db.selectFrom('people').selectAll().execute()).map(known);
}

export async function peopleChangedSince(db: Kysely<Database>, since: number): Promise<PersonRow[]> {
  return (await db.selectFrom('people').selectAll().where('changed_at', '>=', since).execute()).map(known);
}

/** The row of this name as it is stored, whoever stored it first. */
export async function insertPersonIfAbsent(db: Kysely<Database>, row: PersonRow): Promise<PersonRow> {
  await db
    .insertInto('people')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const stored = await db
    .selectFrom('people')
    .selectAll()
    .where('name', '=', row.name)
    .executeTakeFirstOrThrow();
  return known(stored);
}

export async function personByName(db: Kysely<Database>, name: string): Promise<PersonRow | null> {
  const row = await db.selectFrom('people').selectAll().where('name', '=', name).executeTakeFirst();
  return row === undefined ? null : known(row);
}

/** Until the end of the transaction nobody else changes the role of those who are admins here. */
export async function lockAdmins(within: Kysely<Database>): Promise<void> {
  await within
    .updateTable('people')
    .set((column) => ({ changed_at: column.ref('changed_at') }))
    .where('role', '=', 'admin')
    .execute();
}

/** All of a VPN account that nothing has vouched for since `at`; returns how many were in order before. */
export async function doubtVpnPeople(db: Kysely<Database>, at: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('people')
    .set({ unconfirmed_since: at, changed_at: at })
    .where('way', '=', 'vpn')
    .where('unconfirmed_since', 'is', null)
    .where('confirmed_at', '<', at)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** With what only they could sign in with. Says what way they came, and how many passkeys they had. */
export async function deletePerson(
  within: Kysely<Database>,
  name: string,
): Promise<{ way: string | null; passkeys: number }> {
  await deleteOidcGrant(within, name);
  const { numDeletedRows } = await within
    .deleteFrom('passkeys')
    .where('person', '=', name)
    .executeTakeFirstOrThrow();
  const row = await within.deleteFrom('people').where('name', '=', name).returning('way').executeTakeFirst();
  return { way: row?.way ?? null, passkeys: Number(numDeletedRows) };
}

export async function updatePerson(
  db: Kysely<Database>,
  name: string,
  change: Updateable<PersonTable> & { changed_at: number },
): Promise<void> {
  await db.updateTable('people').set(change).where('name', '=', name).execute();
}
