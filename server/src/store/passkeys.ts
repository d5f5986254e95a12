import type { Kysely, Selectable } from 'kysely';

import { knownOr } from './known-values.ts';
import type { PasskeyTable } from './schema-people.ts';
import type { Database } from './schema.ts';

export type PasskeyRow = Selectable<PasskeyTable>;

const knownWay = knownOr(['vpn', 'oidc'], 'oidc');
const known = (row: PasskeyRow): PasskeyRow => ({ ...row, way: knownWay(row.way) });

export async function insertPasskey(db: Kysely<Database>, row: PasskeyRow): Promise<void> {
  await db.insertInto('passkeys').values(row).execute();
}

export async function passkeysOf(db: Kysely<Database>, person: string): Promise<PasskeyRow[]> {
  const rows = await db
    .selectFrom('passkeys')
    .selectAll()
    .where('person', '=', person)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(known);
}

export async function allPasskeys(db: Kysely<Database>): Promise<PasskeyRow[]> {
  const query = db.selectFrom('passkeys').selectAll();
  return (await query.orderBy('person').orderBy('created_at').orderBy('id').execute()).map(known);
}

export async function passkeyById(db: Kysely<Database>, id: string): Promise<PasskeyRow | null> {
  const row = await db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : known(row);
}

export async function passkeyByCredential(
  db: Kysely<Database>,
  credentialId: string,
): Promise<PasskeyRow | null> {
  const row = await db
    .selectFrom('passkeys')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
  return row === undefined ? null : known(row);
}

export async function renamePasskey(db: Kysely<Database>, id: string, name: string): Promise<void> {
  await db.updateTable('passkeys').set({ name }).where('id', '=', id).execute();
}

/** False where it was gone already. */
export async function deletePasskey(db: Kysely<Database>, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('passkeys').where('id', '=', id).executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

type Use = { counter: number; at: number; backedUp: boolean };

/**
 * False where the counter did not grow, so that a copy of the authenticator may exist (WebAuthn, 6.1.1); 0 throughout is
 * an authenticator that does not count. The comparison is the store's, for two uses at once.
 */
export async function notePasskeyUse(
  db: Kysely<Database>,
  id: string,
  { counter, at, backedUp }: Use,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('passkeys')
    .set({ counter, last_used_at: at, backed_up: backedUp ? 1 : 0 })
    .where('id', '=', id)
    .where((row) => (counter === 0 ? row('counter', '=', 0) : row('counter', '<', counter)))
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** False where it was used before. Forgets those that have expired. */
export async function spendChallenge(
  db: Kysely<Database>,
  row: { challenge: string; expires_at: number },
  now: number,
): Promise<boolean> {
  await db.deleteFrom('used_challenges').where('expires_at', '<=', now).execute();
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('used_challenges')
    .values(row)
    .onConflict((conflict) => conflict.column('challenge').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows > 0n;
}
