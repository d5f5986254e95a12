import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { orphanedBatches, takeBatch } from '../../../store/claim-batches.ts';
import type { BatchRow } from '../../../store/claim-batches.ts';
import type { Database } from '../../../store/schema.ts';

/** How long a process may carry a batch out without renewing; then another one takes it over. */
export const LEASE_MS = 20_000;
const LOOK_EVERY_MS = 5_000;

type Options = { db: Kysely<Database>; clock: Clock; processId: string; singleProcess: boolean };

/** Finds batches nobody carries out: all that are open where no other process can be there, else by their leases. */
export function createBatchLeases({ db, clock, processId, singleProcess }: Options) {
  let lookedAt = Number.NEGATIVE_INFINITY;

  const take = async (anyRunner: boolean): Promise<BatchRow[]> => {
    const now = clock.now();
    lookedAt = now;
    const taken: BatchRow[] = [];
    for (const row of await orphanedBatches(db, now, anyRunner)) {
      const own = await takeBatch(db, row, { runner: processId, lease_until: now + LEASE_MS });
      if (own !== null) taken.push(own);
    }
    return taken;
  };

  return {
    /** At the start of the process. */
    takeAtStart: (): Promise<BatchRow[]> => take(singleProcess),
    /** Later, as often as it is worth: what other processes left behind. */
    takeAbandoned: async (): Promise<BatchRow[]> =>
      singleProcess || clock.now() - lookedAt < LOOK_EVERY_MS ? [] : take(false),
  };
}
