import type { Kysely } from 'kysely';

import { DAY_MS, KEPT_DAYS } from '../retention/kept.ts';
import type { Database } from '../schema.ts';
import type { SampleRow } from './head.ts';

export const MEANS_MS = 300_000;
/** What they were kept for. */
const KEEP_MS = KEPT_DAYS.means * DAY_MS;

/**
 * Five-minute means, as releases before 0026 kept them and nothing else of a time longer ago than two days. They are read
 * where no tier reaches, and are gone 35 days after the upgrade; their peaks are not known.
 */
export async function readMeans(
  db: Kysely<Database>,
  instanceId: string,
  from: number,
  to: number,
): Promise<SampleRow[]> {
  return db
    .selectFrom('telemetry_rollups')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .execute();
}

export async function pruneMeans(db: Kysely<Database>, now: number): Promise<void> {
  await db
    .deleteFrom('telemetry_rollups')
    .where('at', '<', now - KEEP_MS)
    .execute();
}
