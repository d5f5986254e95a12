import { role } from '@cyclorama/shared/common.ts';
import { personWay } from '@cyclorama/shared/session.ts';
import type { Kysely, Selectable, Updateable } from 'kysely';

import { knownOr } from './known-values.ts';
import type { Database, PersonTable } from './schema.ts';

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

export async function updatePerson(
  db: Kysely<Database>,
  name: string,
  change: Updateable<PersonTable> & { changed_at: number },
): Promise<void> {
  await db.updateTable('people').set(change).where('name', '=', name).execute();
}
