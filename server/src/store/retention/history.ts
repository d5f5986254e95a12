import { setImmediate as turn } from 'node:timers/promises';

import type { Kysely } from 'kysely';

import type { Database } from '../schema.ts';
import { historyBytes, pruneHistory, secondFullPictureAt } from '../topology-history.ts';
import { DAY_MS, KEPT_DAYS } from './kept.ts';

/** The share of `HISTORY_MAX_MB` that pictures may take; what they do not take is the blocks'. */
export const picturesMaxBytes = (historyMaxBytes: number): number => historyMaxBytes / 4;

/** Removes pictures older than they are kept, then the oldest until all have at most `maxBytes`; the newest full one stays. */
export async function pruneHistoryWithin(
  db: Kysely<Database>,
  { now, maxBytes, isWanted }: { now: number; maxBytes: number; isWanted: () => boolean },
): Promise<void> {
  await pruneHistory(db, now - KEPT_DAYS.pictures * DAY_MS);
  while (isWanted() && (await historyBytes(db)) > maxBytes) {
    const before = await secondFullPictureAt(db);
    if (before === null) return;
    await pruneHistory(db, before);
    await turn();
  }
}
