import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { orphanedBatches, takeBatch } from '../../../store/claim-batches.ts';
import type { BatchRow } from '../../../store/claim-batches.ts';
import { ABANDONED_POLL_MS, LEASE_MS } from '../../../store/leases.ts';
import type { Database } from '../../../store/schema.ts';

type Options = { db: Kysely<Database>; clock: Clock; processId: string; singleProcess: boolean };

/** Takes batches that no process runs: with a single process all open ones, otherwise those with an expired lease. */
export function createBatchLeases({ db, clock, processId, singleProcess }: Options) {
  let polledAt = Number.NEGATIVE_INFINITY;

  const take = async (anyRunner: boolean): Promise<BatchRow[]> => {
    const now = clock.now();
    polledAt = now;
    const taken: BatchRow[] = [];
    for (const row of await orphanedBatches(db, now, anyRunner)) {
      const own = await takeBatch(db, row, { runner: processId, lease_until: now + LEASE_MS });
      if (own !== null) taken.push(own);
    }
    return taken;
  };

  return {
    takeAtStart: (): Promise<BatchRow[]> => take(singleProcess),
    /** At most every five seconds; nothing with a single process. */
    takeAbandoned: async (): Promise<BatchRow[]> =>
      singleProcess || clock.now() - polledAt < ABANDONED_POLL_MS ? [] : take(false),
  };
}
