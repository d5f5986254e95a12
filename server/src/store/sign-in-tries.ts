import type { Kysely } from 'kysely';

import type { Engine } from './engine.ts';
import type { SignInTryTable } from './schema-people.ts';
import type { Database } from './schema.ts';

export type SignInTry = SignInTryTable;

export const freshTry = (key: string): SignInTry => ({ key, count: 0, blocked_until: 0, expires_at: 0 });

/** In the order of `keys`, new ones with a count of 0. */
export async function readTries(db: Kysely<Database>, keys: readonly string[]): Promise<SignInTry[]> {
  return inOrderOf(keys, await db.selectFrom('sign_in_tries').selectAll().where('key', 'in', keys).execute());
}

function inOrderOf(keys: readonly string[], rows: readonly SignInTry[]): SignInTry[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return keys.map((key) => byKey.get(key) ?? freshTry(key));
}

/**
 * Reads the rows of `keys`, in their order and new ones with a count of 0, lets `change` decide and writes what it returns, as one step:
 * two requests at once, on whichever replica, are counted one after the other.
 */
export async function changeTries<T>(
  db: Kysely<Database>,
  engine: Engine,
  keys: readonly string[],
  change: (rows: SignInTry[]) => { rows: readonly SignInTry[]; result: T },
): Promise<T> {
  // Everybody locks rows in the same order, so that nobody waits in a circle.
  const inOrder = keys.toSorted();
  return db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('sign_in_tries')
      .values(inOrder.map(freshTry))
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
    const select = transaction
      .selectFrom('sign_in_tries')
      .selectAll()
      .where('key', 'in', inOrder)
      .orderBy('key');
    // SQLite has one connection, which a transaction holds alone.
    const found = await (engine === 'postgres' ? select.forUpdate() : select).execute();
    const { rows, result } = change(inOrderOf(keys, found));
    for (const { key, ...columns } of rows) {
      await transaction
        .insertInto('sign_in_tries')
        .values({ key, ...columns })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(columns))
        .execute();
    }
    return result;
  });
}

export async function isKnownAddress(
  db: Kysely<Database>,
  keys: readonly string[],
  now: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('sign_in_addresses')
    .select('key')
    .where('key', 'in', keys)
    .where('expires_at', '>', now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function keepAddress(db: Kysely<Database>, key: string, expiresAt: number): Promise<void> {
  await db
    .insertInto('sign_in_addresses')
    .values({ key, expires_at: expiresAt })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ expires_at: expiresAt }))
    .execute();
}

export async function dropExpiredTries(db: Kysely<Database>, now: number): Promise<void> {
  await db.deleteFrom('sign_in_tries').where('expires_at', '<=', now).execute();
  await db.deleteFrom('sign_in_addresses').where('expires_at', '<=', now).execute();
}
