import { singleFlight } from '../../lib/single-flight.ts';
import type { AccountSharing } from './account-sharing.ts';
import { createBookingsService } from './bookings/service.ts';
import type { BookingsDeps } from './bookings/service.ts';
import { createDeploymentsService } from './deployments/service.ts';

export type RobotsService = ReturnType<typeof createRobotsService>;

const TICK_MS = 1_000;

type Deps = BookingsDeps & {
  /** Who reads the account for all; absent: this process does. */
  sharing?: AccountSharing;
};

export function createRobotsService({ sharing, ...deps }: Deps) {
  const deployments = createDeploymentsService(deps);
  const bookings = createBookingsService({ ...deps, deployments });
  let timer: NodeJS.Timeout | undefined;

  const known = { deployments, bookings };
  const reconcile = async (): Promise<void> => {
    if (sharing?.isReader() === false) {
      sharing.tellWatched();
      await bookings.learnConnections();
      bookings.publishUnclaimed();
      return;
    }
    await bookings.carryOutPendingTerminations();
    await Promise.all([deployments.tick(), bookings.follow()]);
    bookings.publishUnclaimed();
    await deployments.readOwnChanges();
    await sharing?.share(known);
  };
  const onError = (error: unknown): void =>
    deps.logger.warn({ err: error }, 'the bookings could not be reconciled');
  const reconciles = singleFlight(reconcile, onError);
  /** Apart from the ticks, as a launch may take long to be answered. */
  const launches = singleFlight(async () => {
    if (sharing?.isReader() !== false) await bookings.launchHeld();
  }, onError);
  const tick = async (): Promise<void> => {
    await reconciles.run();
    await launches.run();
  };

  return {
    deployments,
    bookings,

    /** What this dashboard knows of a robot has changed. */
    factsChanged(deploymentId: string): void {
      deployments.publish();
      bookings.republish(deploymentId);
    },

    fleet: {
      all: () => deployments.all(),
      readings: () => deployments.readings(),
      prefer: (ids: ReadonlySet<string>) => deployments.prefer(ids),
      present: bookings.present,
      unclaimed: bookings.unclaimed,
    },

    numbers: () => deployments.numbers(bookings.heldDeployments()),

    tick,

    /** Takes up what the replica that reads the account has shared. */
    takeUp: async (): Promise<void> => sharing?.takeUp(known),

    start(): void {
      void tick();
      timer = setInterval(() => void tick(), TICK_MS);
    },

    /** Waits for calls in flight. */
    async stop(): Promise<void> {
      clearInterval(timer);
      deployments.close();
      await reconciles.settled();
      await launches.settled();
      await bookings.settled();
    },
  };
}
