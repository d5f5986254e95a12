import type { Kysely } from 'kysely';

import type { Detection } from '../lib/activity-note.ts';
import type { Database } from './schema.ts';

/** True for one caller only of all that detect the same within `quietMs`, on whichever replica, before a restart or after. */
export async function isFirstToDetect(
  db: Kysely<Database>,
  { what, at, quietMs }: Detection,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows: written = 0n } = await db
    .insertInto('detections')
    .values({ what, at })
    .onConflict((conflict) =>
      conflict
        .column('what')
        .doUpdateSet({ at })
        .where('detections.at', '<=', at - quietMs),
    )
    .executeTakeFirst();
  return written > 0n;
}

export async function pruneDetections(db: Kysely<Database>, before: number): Promise<void> {
  await db.deleteFrom('detections').where('at', '<', before).execute();
}
