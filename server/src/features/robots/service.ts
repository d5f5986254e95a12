import { singleFlight } from '../../lib/single-flight.ts';
import { createBookingsService } from './bookings/service.ts';
import type { BookingsDeps } from './bookings/service.ts';
import { createDeploymentsService } from './deployments/service.ts';

export type RobotsService = ReturnType<typeof createRobotsService>;

const TICK_MS = 1_000;

/** Deployments and bookings, read and settled in one round. */
export function createRobotsService(deps: BookingsDeps) {
  const deployments = createDeploymentsService(deps);
  const bookings = createBookingsService({ ...deps, deployments });
  let timer: NodeJS.Timeout | undefined;

  const turn = async (): Promise<void> => {
    await bookings.carryOutPendingTerminations();
    await Promise.all([deployments.tick(), bookings.follow()]);
    bookings.publishUnclaimed();
  };
  const onError = (error: unknown): void =>
    deps.logger.warn({ err: error }, 'the bookings could not be reconciled');
  const turns = singleFlight(turn, onError);
  /** A launch may take long to be answered: the bookings are followed meanwhile. */
  const launches = singleFlight(() => bookings.launchHeld(), onError);
  const tick = async (): Promise<void> => {
    await turns.run();
    await launches.run();
  };

  return {
    deployments,
    bookings,

    /** What is told of robots to those who keep a record of them. */
    fleet: {
      all: () => deployments.all(),
      readings: () => deployments.readings(),
      prefer: (ids: ReadonlySet<string>) => deployments.prefer(ids),
      present: bookings.present,
      unclaimed: bookings.unclaimed,
    },

    /** For the overview. */
    numbers: (person: string | null) => ({ ...deployments.numbers(), ...bookings.numbers(person) }),

    /** One round of reading and settling; `start` runs it every second. */
    tick,

    start(): void {
      void tick();
      timer = setInterval(() => void tick(), TICK_MS);
    },

    /** Stops the timer and waits for the calls under way. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await turns.settled();
      await launches.settled();
      await bookings.settled();
    },
  };
}
