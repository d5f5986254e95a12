import type { Kysely } from 'kysely';

import { AppError } from '../lib/errors.ts';
import type { RequestKey, StoredRequest } from '../lib/idempotency.ts';
import type { Database } from './schema.ts';

/**
 * To be called in the transaction that stores what was asked for; without a key nothing is done.
 * @throws AppError `conflict` where a request with this key is stored already: the transaction must not be committed.
 */
export async function insertRequestKey(
  db: Kysely<Database>,
  requestKey: RequestKey | null | undefined,
  { outcome, at }: { outcome: string | null; at: number },
): Promise<void> {
  if (!requestKey) return;
  const { person, key, fingerprint } = requestKey;
  // PostgreSQL waits here for another transaction that inserts the same key.
  const inserted = await db
    .insertInto('request_keys')
    .values({ person, key, fingerprint, outcome, at })
    .onConflict((conflict) => conflict.columns(['person', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  requestKey.stored = inserted !== undefined;
  if (requestKey.stored) return;
  throw new AppError('conflict', 'The same request is being carried out already. Nothing was done twice.', {
    hint: 'Check its outcome in a moment.',
  });
}

export async function requestByKey(
  db: Kysely<Database>,
  person: string,
  key: string,
): Promise<StoredRequest | null> {
  const row = await db
    .selectFrom('request_keys')
    .select(['fingerprint', 'outcome'])
    .where('person', '=', person)
    .where('key', '=', key)
    .executeTakeFirst();
  return row ?? null;
}

export async function setRequestOutcome(
  db: Kysely<Database>,
  { person, key }: RequestKey,
  outcome: string,
): Promise<void> {
  await db
    .updateTable('request_keys')
    .set({ outcome })
    .where('person', '=', person)
    .where('key', '=', key)
    .execute();
}

/** For a request that certainly was not carried out, so that it can be sent again. */
export async function deleteRequestKey(db: Kysely<Database>, { person, key }: RequestKey): Promise<void> {
  await db.deleteFrom('request_keys').where('person', '=', person).where('key', '=', key).execute();
}

export async function dropRequestKeysBefore(db: Kysely<Database>, at: number): Promise<void> {
  await db.deleteFrom('request_keys').where('at', '<', at).execute();
}
