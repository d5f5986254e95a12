import type { Claim, ClaimState } from '@cyclorama/shared/claims.ts';
import type { Overview } from '@cyclorama/shared/environment.ts';

import { singleFlight } from '../../../lib/single-flight.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import { createBatchesService } from '../batches/service.ts';
import { createClaimActions } from './actions.ts';
import { createClaimsParts } from './parts.ts';
import type { ClaimsDeps } from './parts.ts';
import { presentClaim } from './presenter.ts';
import { createClaimReading } from './reads.ts';

export type { ClaimsDeps } from './parts.ts';
export type ClaimsService = ReturnType<typeof createClaimsService>;

const TICK_MS = 1_000;

export function createClaimsService(deps: ClaimsDeps) {
  const parts = createClaimsParts(deps);
  const { ledger, reconciler, mutex, logger } = parts;
  const batches = createBatchesService(parts);
  let timer: NodeJS.Timeout | undefined;
  let recovering: Promise<void> = Promise.resolve();
  const ticks = singleFlight(
    () => reconciler.tick().then(() => batches.tick()),
    (error) => logger.warn({ err: error }, 'the claims could not be reconciled'),
  );

  /** Settles claims left open by the last stop, then resumes batches. Rejects if the store can't be read. */
  const recover = async (): Promise<void> => {
    await reconciler.recover();
    await batches.resume();
  };

  return {
    ...createClaimActions(parts),
    ...createClaimReading(parts),
    batches,

    reread: async (ids: string[]): Promise<Claim[]> => (await ledger.reread(ids)).map(presentClaim),

    openClaims: (): ClaimRow[] => [...ledger.openRows.values()],

    numbers(): Overview['claims'] {
      const states = [...ledger.openRows.values()].map((row) => row.state);
      const count = (...counted: ClaimState[]) => states.filter((state) => counted.includes(state)).length;
      return {
        running: count('running'),
        waiting: count('requested'),
        starting: count('claimed', 'spawning'),
        releasing: count('releasing'),
      };
    },

    recover,
    tick: (): Promise<void> => ticks.run(),

    start(): void {
      recovering = recover().catch((error: unknown) =>
        logger.warn({ err: error }, 'open claims could not be recovered'),
      );
      timer = setInterval(() => void ticks.run(), TICK_MS);
    },

    /** Waits for calls in flight. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await recovering;
      await ticks.settled();
      await batches.close();
      await mutex.settled();
    },
  };
}
