import type { Freshness } from '@cyclorama/shared/common.ts';
import type { DeploymentDetail, RobotTimeline, UsageResponse } from '@cyclorama/shared/robot-fleet.ts';
import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { Person } from '../../../lib/person.ts';
import { singleFlight } from '../../../lib/single-flight.ts';
import { bookingsBetween, bookingsHeldBetween, bookingsOfDeployment } from '../../../store/bookings.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import { handOversOf } from '../../../store/hand-overs.ts';
import { queueLengthsSince } from '../../../store/queue-history.ts';
import { dropWatch, isWatching, keepWatch } from '../../../store/robot-watches.ts';
import type { Database } from '../../../store/schema.ts';
import { forecastWait } from './forecast.ts';
import { courseSince, thinned } from './queue-course.ts';
import { createQueueRecorder } from './queue-recorder.ts';
import type { QueueReading } from './queue-recorder.ts';
import { busyOf, usesOf } from './timeline.rules.ts';
import { usageOf } from './usage.rules.ts';
import type { RobotWaits } from './waits.ts';
import { createRobotWatches } from './watches.ts';

export type RobotFleetDeps = {
  db: Kysely<Database>;
  hub: EventHub;
  clock: Clock;
  logger: Logger;
  health: { freshness(): Freshness };
  fleet: {
    all: () => RobotDeployment[];
    readings: () => QueueReading[];
    prefer: (ids: ReadonlySet<string>) => void;
    present: (row: BookingRow) => Booking;
    unclaimed: () => BookingRow[];
  };
  /** Open bookings per person; null: unlimited. */
  quota: number | null;
  keepDays: number;
  waits?: Pick<RobotWaits, 'tick'>;
  /** Who records the queues; absent: this process. */
  leader?: { isLeader(): boolean };
};

export type RobotFleetService = ReturnType<typeof createRobotFleetService>;

const TICK_MS = 2_000;
const DAY_MS = 86_400_000;
const CHART_DAYS = 7;
const CHART_POINTS = 600;
const MAX_BOOKINGS = 100;
const MAX_IN_TIMELINE = 1_000;

export function createRobotFleetService(deps: RobotFleetDeps) {
  const { db, clock, logger, health, fleet, quota, keepDays } = deps;
  const recorder = createQueueRecorder({ ...deps, readings: fleet.readings });
  const isLive = (): boolean => health.freshness().state === 'live';
  const watches = createRobotWatches({ ...deps, ...fleet, isLive });
  let timer: NodeJS.Timeout | undefined;
  let begun = false;

  const existing = (id: string): RobotDeployment => {
    const deployment = fleet.all().find((one) => one.id === id);
    if (!deployment) throw new AppError('not-found', 'There is no robot with this id.');
    return deployment;
  };
  const bookingsOn = async (id: string): Promise<Booking[]> => {
    const unclaimed = fleet.unclaimed().filter((row) => row.deployment_id === id);
    return [...unclaimed, ...(await bookingsOfDeployment(db, id, MAX_BOOKINGS))].map(fleet.present);
  };
  const tickOnce = async (): Promise<void> => {
    if (deps.leader?.isLeader() !== false) {
      if (!begun) await recorder.begin();
      begun = true;
      await recorder.tick();
    } else begun = false;
    await watches.tick();
    await deps.waits?.tick();
  };
  const ticks = singleFlight(tickOnce, (error) =>
    logger.warn({ err: error }, 'the queues of robots could not be recorded'),
  );
  const usage = async (range: { from: number; to: number }): Promise<UsageResponse> => {
    const held = [...(await bookingsHeldBetween(db, range.from, range.to)), ...fleet.unclaimed()];
    const handOvers = await handOversOf(
      db,
      held.map(({ id }) => id),
    );
    return { rows: usageOf(held, handOvers, range, clock.now()), quota };
  };
  const timeline = async (range: { from: number; to: number }, only?: string): Promise<RobotTimeline> => {
    const of = only === undefined ? {} : { deploymentId: only };
    const booked = await bookingsBetween(db, { ...range, ...of, limit: MAX_IN_TIMELINE + 1 });
    const unclaimed = fleet.unclaimed().filter((row) => only === undefined || row.deployment_id === only);
    const rows = [...unclaimed, ...booked.slice(0, MAX_IN_TIMELINE)];
    const handOvers = await handOversOf(
      db,
      rows.map(({ id }) => id),
    );
    const robots = only === undefined ? fleet.all() : [existing(only)];
    const busy: RobotTimeline['busy'] = [];
    for (const { id } of robots) {
      const points = await queueLengthsSince(db, id, range.from);
      busy.push({ deploymentId: id, spans: busyOf(points, range, clock.now()) });
    }
    return {
      freshness: health.freshness(),
      uses: usesOf(
        rows.map((row) => ({ row, shown: fleet.present(row) })),
        handOvers,
        range,
      ),
      isCut: booked.length > MAX_IN_TIMELINE,
      busy,
    };
  };

  return {
    /** With the queue history of the last week. */
    async detail(id: string, person: Person): Promise<DeploymentDetail> {
      const deployment = existing(id);
      const now = clock.now();
      const points = await queueLengthsSince(db, id, now - keepDays * DAY_MS);
      const charted = thinned(courseSince(points, now - CHART_DAYS * DAY_MS), CHART_POINTS);
      return {
        freshness: health.freshness(),
        deployment,
        forecast: deployment.queueLength === null ? null : forecastWait(points, now, deployment.queueLength),
        queueHistory: {
          times: charted.map(({ at }) => at),
          lengths: charted.map(({ length }) => length),
        },
        bookings: await bookingsOn(id),
        watching: await isWatching(db, id, person.name),
      };
    },

    /** Watching again renews the watch. */
    async watch(id: string, person: Person): Promise<{ watching: boolean }> {
      existing(id);
      await keepWatch(db, { deployment_id: id, person: person.name, since: clock.now() });
      return { watching: true };
    },

    async unwatch(id: string, person: Person): Promise<{ watching: boolean }> {
      await dropWatch(db, id, person.name);
      return { watching: false };
    },

    usage,
    timeline,

    tick: (): Promise<void> => ticks.run(),

    start(): void {
      void ticks.run();
      timer = setInterval(() => void ticks.run(), TICK_MS);
    },

    async stop(): Promise<void> {
      clearInterval(timer);
      await ticks.settled();
      await recorder.end();
    },
  };
}
