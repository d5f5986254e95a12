import type { Kysely } from 'kysely';

import type { Database } from './schema.ts';

export async function hasSignedIn(db: Kysely<Database>, name: string): Promise<boolean> {
  const row = await db
    .selectFrom('activity')
    .select('id')
    .where('actor', '=', name)
    .where('action', '=', 'session.sign-in')
    .where('outcome', '=', 'done')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
