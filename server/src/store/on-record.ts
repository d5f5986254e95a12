import type { Kysely, Transaction } from 'kysely';

import type { ActivityNote } from '../lib/activity-note.ts';
import type { PendingEntries } from './activity-chain.ts';
import type { Database } from './schema.ts';

/** Stored with the transaction's other entries. Returns how to publish it once that is committed. */
export type RecordWithin = (entries: PendingEntries, note: ActivityNote) => () => void;

/** What else is stored in the transaction of a change, or fails it. */
export type StoreAlongside = (within: Kysely<Database>) => Promise<unknown>;

/**
 * For changes of the store only: they and the entries that tell them are in one transaction, so that neither is there
 * without the other. `work` may run twice, and must ask nothing but `db`.
 */
export type ChangeOnRecord = <T>(
  work: (db: Transaction<Database>, note: (note: ActivityNote) => void) => Promise<T>,
) => Promise<T>;
