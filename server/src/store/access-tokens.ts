import type { Kysely, Selectable } from 'kysely';

import type { AccessTokenTable, Database } from './schema.ts';

export type AccessTokenRow = Selectable<AccessTokenTable>;

export async function insertAccessToken(db: Kysely<Database>, row: AccessTokenRow): Promise<void> {
  await db.insertInto('access_tokens').values(row).execute();
}

/** A person's tokens, newest first. */
export async function accessTokensOf(db: Kysely<Database>, owner: string): Promise<AccessTokenRow[]> {
  return db
    .selectFrom('access_tokens')
    .selectAll()
    .where('owner', '=', owner)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function accessTokenByPrefix(
  db: Kysely<Database>,
  prefix: string,
): Promise<AccessTokenRow | null> {
  const row = await db
    .selectFrom('access_tokens')
    .selectAll()
    .where('prefix', '=', prefix)
    .executeTakeFirst();
  return row ?? null;
}

export async function touchAccessToken(db: Kysely<Database>, id: string, at: number): Promise<void> {
  await db.updateTable('access_tokens').set({ last_used_at: at }).where('id', '=', id).execute();
}

/** Removes one token of a person. Null where they have none with this id. */
export async function deleteAccessToken(
  db: Kysely<Database>,
  owner: string,
  id: string,
): Promise<AccessTokenRow | null> {
  const row = await db
    .deleteFrom('access_tokens')
    .where('id', '=', id)
    .where('owner', '=', owner)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}
