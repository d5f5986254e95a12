import { role } from '@cyclorama/shared/common.ts';
import type { Kysely, Selectable } from 'kysely';

import type { RequestKey } from '../lib/idempotency.ts';
import { knownOr } from './known-values.ts';
import { insertRequestKey } from './request-keys.ts';
import type { AccessTokenTable } from './schema-people.ts';
import type { Database } from './schema.ts';

export type AccessTokenRow = Selectable<AccessTokenTable>;

const knownRole = knownOr(role.options, 'viewer');
const known = (row: AccessTokenRow): AccessTokenRow => ({ ...row, role: knownRole(row.role) });

/** With the key it was requested with, in the given transaction. */
export async function insertAccessToken(
  db: Kysely<Database>,
  row: AccessTokenRow,
  requestKey: RequestKey | null = null,
): Promise<void> {
  await insertRequestKey(db, requestKey, { outcome: row.id, at: row.created_at });
  await db.insertInto('access_tokens').values(row).execute();
}

export async function accessTokensOf(db: Kysely<Database>, owner: string): Promise<AccessTokenRow[]> {
  const rows = await db
    .selectFrom('access_tokens')
    .selectAll()
    .where('owner', '=', owner)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(known);
}

export async function allAccessTokens(db: Kysely<Database>): Promise<AccessTokenRow[]> {
  const rows = await db
    .selectFrom('access_tokens')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(known);
}

/** Those of `ids` that are no longer stored. */
export async function missingAccessTokens(db: Kysely<Database>, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('access_tokens').select('id').where('id', 'in', ids).execute();
  const stored = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !stored.has(id));
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
  return row === undefined ? null : known(row);
}

export async function touchAccessToken(db: Kysely<Database>, id: string, at: number): Promise<void> {
  await db.updateTable('access_tokens').set({ last_used_at: at }).where('id', '=', id).execute();
}

export async function deleteAccessTokensOf(db: Kysely<Database>, owner: string): Promise<AccessTokenRow[]> {
  const rows = await db.deleteFrom('access_tokens').where('owner', '=', owner).returningAll().execute();
  return rows.map(known);
}

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
  return row === undefined ? null : known(row);
}
