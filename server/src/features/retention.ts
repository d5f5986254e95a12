import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Service } from '../lib/service.ts';
import { singleFlight } from '../lib/single-flight.ts';
import type { Sweep } from '../lib/sweep.ts';

const ROUND_MS = 15 * 60_000;
/** A clock that is wrong at the start is often set in the first minutes. */
const FIRST_MS = 5 * 60_000;
/** A larger step between two rounds means the clock was set: nothing is removed until it has run as long again. */
const CLOCK_JUMP_MS = 3_600_000;

type Deps = {
  sweeps: () => readonly Sweep[];
  /** After the sweeps: gives what is free back to the disk. */
  shrink: (isWanted: () => boolean) => Promise<void>;
  clock: Clock;
  logger: Pick<Logger, 'warn'>;
};

/** Removes what is older than it is kept, of every feature. To be run by who leads. */
export function createRetention({
  sweeps,
  shrink,
  clock,
  logger,
}: Deps): Service & { round(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let first: NodeJS.Timeout | undefined;
  let stopped = false;
  let lastRoundAt: number | null = null;
  let clockSetAt = Number.NEGATIVE_INFINITY;

  const isWanted = (): boolean => !stopped;

  const round = async (): Promise<void> => {
    const now = clock.now();
    if (lastRoundAt !== null && Math.abs(now - lastRoundAt) > CLOCK_JUMP_MS) clockSetAt = now;
    lastRoundAt = now;
    if (Math.abs(now - clockSetAt) < CLOCK_JUMP_MS) return;
    for (const sweep of sweeps()) {
      if (stopped) return;
      // One that fails keeps none of the others from running.
      await sweep
        .run(now, isWanted)
        .catch((error: unknown) =>
          logger.warn(
            { err: error, what: sweep.what },
            'what is too old could not be removed; it is tried again',
          ),
        );
    }
    if (!stopped) await shrink(isWanted);
  };

  const rounds = singleFlight(round, (error) =>
    logger.warn({ err: error }, 'free room could not be given back to the disk; it is tried again'),
  );

  return {
    /** What the timer does, once. */
    round: () => rounds.again(),
    start() {
      stopped = false;
      first = setTimeout(() => void rounds.run(), FIRST_MS).unref();
      timer = setInterval(() => void rounds.run(), ROUND_MS).unref();
    },
    async stop() {
      stopped = true;
      clearTimeout(first);
      clearInterval(timer);
      await rounds.settled();
    },
  };
}
