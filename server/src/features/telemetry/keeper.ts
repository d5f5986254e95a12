import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { singleFlight } from '../../lib/single-flight.ts';
import type { Database } from '../../store/schema.ts';
import type { OnDamaged } from '../../store/telemetry/blocks.ts';
import { sealableUntil, sealSamples } from '../../store/telemetry/seal.ts';

const ROUND_MS = 60_000;

type Deps = {
  db: Kysely<Database>;
  onDamaged: OnDamaged;
  clock: Clock;
  logger: Pick<Logger, 'error'>;
  roundMs?: number;
};

/** Puts the samples of past hours into blocks. One of many replicas does. */
export function createKeeper({ db, onDamaged, clock, logger, roundMs = ROUND_MS }: Deps) {
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;

  const isWanted = (): boolean => !stopped;
  const rounds = singleFlight(
    () => sealSamples(db, { until: sealableUntil(clock.now()), onDamaged, isWanted }),
    (error) => logger.error({ err: error }, 'telemetry could not be put into blocks; it is tried again'),
  );

  return {
    start(): void {
      stopped = false;
      void rounds.run();
      timer = setInterval(() => void rounds.run(), roundMs);
    },
    async stop(): Promise<void> {
      stopped = true;
      clearInterval(timer);
      await rounds.settled();
    },
  };
}
