import { singleFlight } from '../../../lib/single-flight.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import { createBatchesService } from '../batches/service.ts';
import { createClaimActions } from './actions.ts';
import { createClaimsParts } from './parts.ts';
import type { ClaimsDeps } from './parts.ts';
import { createClaimReading } from './reads.ts';

export type { ClaimsDeps } from './parts.ts';
export type ClaimsService = ReturnType<typeof createClaimsService>;

const TICK_MS = 1_000;

/** Function instances: claimed, spawned and released through the scheduler, with every step in the ledger. */
export function createClaimsService(deps: ClaimsDeps) {
  const parts = createClaimsParts(deps);
  const { ledger, reconciler, mutex, logger } = parts;
  const batches = createBatchesService(parts);
  let timer: NodeJS.Timeout | undefined;
  let recovering: Promise<void> = Promise.resolve();
  const turns = singleFlight(
    () => reconciler.tick().then(() => batches.tick()),
    (error) => logger.warn({ err: error }, 'the claims could not be reconciled'),
  );

  /** Settles what was open when the server stopped, then goes on with its batches. Rejects where the store can't be read. */
  const recover = async (): Promise<void> => {
    await reconciler.recover();
    await batches.resume();
  };

  return {
    ...createClaimActions(parts),
    ...createClaimReading(parts),
    batches,

    /** Claims that are not over, as last known here. */
    openClaims: (): ClaimRow[] => [...ledger.openRows.values()],

    /** For the overview: claims on their way and claims running. */
    numbers(): { inFlight: number; running: number } {
      const states = [...ledger.openRows.values()].map((row) => row.state);
      const running = states.filter((state) => state === 'running').length;
      return { inFlight: states.length - running, running };
    },

    recover,
    /** One round of expiring and looking; `start` runs it every second. */
    tick: (): Promise<void> => turns.run(),

    start(): void {
      recovering = recover().catch((error: unknown) =>
        logger.warn({ err: error }, 'open claims could not be looked up'),
      );
      timer = setInterval(() => void turns.run(), TICK_MS);
    },

    /** Stops the timers, starts no more runs, and waits for the calls under way. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await recovering;
      await turns.settled();
      await batches.close();
      await mutex.settled();
    },
  };
}
