import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { singleFlight } from '../../lib/single-flight.ts';
import type { Engine } from '../../store/engine.ts';
import type { Database } from '../../store/schema.ts';
import type { OnDamaged } from '../../store/telemetry/blocks.ts';
import { pruneTelemetry, shrink } from '../../store/telemetry/retention.ts';
import { sealableUntil, sealSamples } from '../../store/telemetry/seal.ts';

const ROUND_MS = 60_000;
const PRUNE_MS = 15 * 60_000;
/** A larger step between two rounds means the clock was set: nothing is pruned until it has run as long again. */
const CLOCK_JUMP_MS = 3_600_000;

type Deps = {
  db: Kysely<Database>;
  engine: Engine;
  /** All blocks together. */
  maxBytes: number;
  onDamaged: OnDamaged;
  clock: Clock;
  logger: Pick<Logger, 'error'>;
  roundMs?: number;
};

/** Puts the samples of past hours into blocks, and keeps these within their days and bytes. One of many replicas does. */
export function createKeeper({ db, engine, maxBytes, onDamaged, clock, logger, roundMs = ROUND_MS }: Deps) {
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;
  let lastRoundAt: number | null = null;
  let clockSetAt = Number.NEGATIVE_INFINITY;
  let prunedAt = Number.NEGATIVE_INFINITY;

  const isWanted = (): boolean => !stopped;

  const round = async (): Promise<void> => {
    const now = clock.now();
    if (lastRoundAt !== null && Math.abs(now - lastRoundAt) > CLOCK_JUMP_MS) clockSetAt = now;
    lastRoundAt = now;
    await sealSamples(db, { until: sealableUntil(now), onDamaged, isWanted });
    if (Math.abs(now - clockSetAt) < CLOCK_JUMP_MS || Math.abs(now - prunedAt) < PRUNE_MS) return;
    prunedAt = now;
    await pruneTelemetry(db, { now, maxBytes });
    await shrink(db, engine, isWanted);
  };

  const rounds = singleFlight(round, (error) =>
    logger.error({ err: error }, 'telemetry could not be put into blocks; it is tried again'),
  );

  return {
    /** What the timer does, once. */
    look: () => rounds.again(),
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
