import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import type { EventHub } from '../../lib/event-hub.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Service } from '../../lib/service.ts';
import { singleFlight } from '../../lib/single-flight.ts';
import type { Database } from '../../store/schema.ts';
import { readNewest } from '../../store/telemetry/head.ts';
import type { SampleRow } from '../../store/telemetry/head.ts';
import { MAX_AHEAD_MS } from './rates.ts';
import type { Rings } from './rings.ts';
import { samplesOf } from './sample-row.ts';

/** So many polls back is read again, so that what comes a little late is seen. */
const LOOK_POLLS = 6;

type Deps = {
  db: Kysely<Database>;
  rings: Pick<Rings, 'get' | 'push' | 'forget'>;
  clock: Clock;
  pollMs: number;
  intervalMs: (instanceId: string) => number;
  /** The instances that this process does not read itself. */
  ids: () => readonly string[];
  /** Where those who store samples tell of it. */
  hub: Pick<EventHub, 'subscribe'>;
  logger: Pick<Logger, 'error'>;
};

export type Following = Required<Service> & {
  /** Begins after the call; never rejects. */
  round(): Promise<void>;
  /** Resolves when what was heard of is in memory. */
  settled(): Promise<void>;
};

/**
 * Where several processes share the store each measures some servers only. What the others store is read as they tell
 * of it, one query for all, so that each of them has the newest of all in memory and ranks the same.
 */
export function createFollowing(deps: Deps): Following {
  const { db, rings, clock, pollMs, intervalMs, ids, hub, logger } = deps;
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe = (): void => undefined;

  const take = (id: string, stored: readonly SampleRow[], since: number): void => {
    const ring = rings.get(id);
    const known = ring?.points(since, Number.POSITIVE_INFINITY).length ?? 0;
    const newest = ring?.newest ?? Number.NEGATIVE_INFINITY;
    // A ring grows at its end only: where a sample came late it begins anew, and the store has what is before.
    const isLate = stored.filter(({ at }) => at <= newest).length > known;
    if (isLate) rings.forget(id);
    for (const sample of samplesOf(stored, intervalMs(id)))
      if (isLate || sample.at > newest) rings.push(id, sample);
  };

  const rounds = singleFlight(
    async () => {
      const since = clock.now() - LOOK_POLLS * pollMs;
      const until = clock.now() + MAX_AHEAD_MS;
      const rows = await readNewest(db, ids(), since);
      const told = Map.groupBy(
        rows.filter(({ at }) => at <= until),
        (row) => row.instance_id,
      );
      for (const [id, stored] of told) take(id, stored, since);
    },
    (error) =>
      logger.error({ err: error }, 'telemetry of other processes could not be read; it is tried again'),
  );

  return {
    round: () => rounds.again(),
    settled: () => rounds.settled(),
    start() {
      unsubscribe = hub.subscribe(({ type }) => void (type === 'telemetry' && rounds.again()));
      timer = setInterval(() => void rounds.run(), pollMs);
      return rounds.run();
    },
    async stop() {
      unsubscribe();
      clearInterval(timer);
      await rounds.settled();
    },
  };
}
