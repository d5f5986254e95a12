import type { Kysely } from 'kysely';

import { createSecretBox } from '../../lib/secret-box.ts';
import type { Secrets } from '../../lib/secret-box.ts';
import type { Database } from '../schema.ts';
import { sealedColumns } from '../sealed-values.ts';

const ROWS_AT_A_TIME = 500;

/** Tokens and variables that lie sealed in a store, and how many of them the secrets do not open. */
export type SealedCount = { sealed: number; unreadable: number };

export async function countSealed(db: Kysely<Database>, secrets: Secrets | null): Promise<SealedCount> {
  const count = { sealed: 0, unreadable: 0 };
  for (const column of sealedColumns) {
    const box = secrets === null ? null : createSecretBox(secrets, column.purpose);
    let last = '';
    for (;;) {
      const rows = await column.after(db, last, ROWS_AT_A_TIME);
      if (rows.length === 0) break;
      count.sealed += rows.length;
      count.unreadable += rows.filter(({ value }) => (box?.tryOpen(value) ?? null) === null).length;
      last = rows.at(-1)?.id ?? last;
    }
  }
  return count;
}
