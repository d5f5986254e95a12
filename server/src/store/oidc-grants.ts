import type { Kysely } from 'kysely';

import type { OidcGrantTable } from './schema-people.ts';
import type { Database } from './schema.ts';

export type OidcGrantRow = OidcGrantTable;

export async function upsertOidcGrant(db: Kysely<Database>, row: OidcGrantRow): Promise<void> {
  const { person, ...columns } = row;
  await db
    .insertInto('oidc_grants')
    .values({ person, ...columns })
    .onConflict((conflict) => conflict.column('person').doUpdateSet(columns))
    .execute();
}

export async function deleteOidcGrant(db: Kysely<Database>, person: string): Promise<void> {
  await db.deleteFrom('oidc_grants').where('person', '=', person).execute();
}

type Claimed = { person: string; at: number };

/** Nothing changes where the person has signed in again since. */
export async function changeClaimedGrant(
  db: Kysely<Database>,
  { person, at }: Claimed,
  change: Partial<Omit<OidcGrantRow, 'person'>>,
): Promise<void> {
  await db
    .updateTable('oidc_grants')
    .set(change)
    .where('person', '=', person)
    .where('checked_at', '=', at)
    .execute();
}

/** False where the person has signed in again since, so that it stays. */
export async function deleteClaimedGrant(db: Kysely<Database>, { person, at }: Claimed): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('oidc_grants')
    .where('person', '=', person)
    .where('checked_at', '=', at)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Of people with a session or an access token that was used since they were asked about, before `checkedBefore`. */
export async function oidcGrantsInUse(db: Kysely<Database>, checkedBefore: number): Promise<OidcGrantRow[]> {
  return db
    .selectFrom('oidc_grants')
    .selectAll()
    .where('checked_at', '<', checkedBefore)
    .where((where) =>
      where.or([
        where.exists(
          where
            .selectFrom('sessions')
            .select('sessions.id')
            .whereRef('sessions.person', '=', 'oidc_grants.person')
            .whereRef('sessions.last_seen_at', '>', 'oidc_grants.checked_at')
            .where('sessions.ended_at', 'is', null),
        ),
        where.exists(
          where
            .selectFrom('access_tokens')
            .select('access_tokens.id')
            .whereRef('access_tokens.owner', '=', 'oidc_grants.person')
            .whereRef('access_tokens.last_used_at', '>', 'oidc_grants.checked_at'),
        ),
      ]),
    )
    .execute();
}

/** True for one caller only, whichever replica asks: a refresh token may work just once. */
export async function claimOidcGrant(
  db: Kysely<Database>,
  { person, checked_at: before }: OidcGrantRow,
  at: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('oidc_grants')
    .set({ checked_at: at })
    .where('person', '=', person)
    .where('checked_at', '=', before)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
