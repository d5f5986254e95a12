import type { Kysely } from 'kysely';

import type { Config } from './config.ts';
import { robotAccessRoutes } from './features/robots/access/routes.ts';
import { createRobotAccessService } from './features/robots/access/service.ts';
import { createCiService } from './features/robots/account/ci.service.ts';
import { robotAccountRoutes } from './features/robots/account/routes.ts';
import { createRobotAccountService } from './features/robots/account/service.ts';
import { createTokenKeeper } from './features/robots/account/token-keeper.ts';
import { createRobotHook } from './features/robots/callbacks/service.ts';
import { robotFleetDownloads, robotFleetRoutes } from './features/robots/fleet/routes.ts';
import { createRobotFleetService } from './features/robots/fleet/service.ts';
import { robotRoutes } from './features/robots/routes.ts';
import { createRobotsService } from './features/robots/service.ts';
import type { SessionService } from './features/session/service.ts';
import type { RecordActivity } from './lib/activity-note.ts';
import type { Clock } from './lib/clock.ts';
import type { EventHub } from './lib/event-hub.ts';
import type { Logger } from './lib/logger.ts';
import { createSecretBox } from './lib/secret-box.ts';
import { isThisMachine } from './lib/this-machine.ts';
import { bookingById } from './store/bookings.ts';
import { hasSignedIn } from './store/known-people.ts';
import type { Database } from './store/schema.ts';
import type { UpstreamHealth } from './upstream/health.ts';
import { createRerobotsClient } from './upstream/rerobots/client.ts';

/** Something with timers or connections of its own, started in order and stopped in the reverse one. */
export type Service = { start(): void | Promise<void>; stop(): Promise<void> };

type Options = {
  config: Config;
  /** Seals the stored token and makes callbacks unguessable. */
  secret: string;
  /** True where no other process can share the store. */
  singleProcess: boolean;
  health: UpstreamHealth;
  sessions: Pick<SessionService, 'roleOf'>;
  db: Kysely<Database>;
  hub: EventHub;
  clock: Clock;
  logger: Logger;
  record: RecordActivity;
  newId: () => string;
};

/** Puts together all that has to do with rerobots; nothing runs before its services are started. */
export function createRobotDeps({ config, secret, singleProcess, health, sessions, ...shared }: Options) {
  const { db, clock, logger, record } = shared;
  const keeper = createTokenKeeper({
    db,
    box: createSecretBox(secret, 'rerobots-token'),
    configured: config.rerobots.token,
    clock,
    logger,
  });
  const client = createRerobotsClient({
    url: config.rerobots.url,
    token: () => keeper.current(),
    health,
    logger,
    clock,
  });
  const robots = createRobotsService({
    ...shared,
    client,
    health,
    quota: config.robotQuota,
    people: { hasSignedIn: (name) => hasSignedIn(db, name), roleOf: (name) => sessions.roleOf(name) },
    callbackUrlOf: (bookingId) => robotHook.callbackUrlOf(bookingId),
  });

  const robotHook = createRobotHook({
    secret,
    publicUrl: config.publicUrl,
    rerobotsUrl: config.rerobots.url,
    upstreamIdOf: async (bookingId) => (await bookingById(db, bookingId))?.upstream_id ?? null,
    readSoon: (upstreamId) => robots.bookings.readSoon(upstreamId),
    logger,
  });

  const robotAccount = createRobotAccountService({
    ...shared,
    keeper,
    client,
    health,
    singleProcess,
  });
  const ci = createCiService({ client, record });
  const robotAccess = createRobotAccessService({
    client,
    booking: (id) => robots.bookings.detail(id),
    touched: (id) => robots.bookings.touched(id),
    readSoon: (upstreamId) => robots.bookings.readSoon(upstreamId),
    record,
    inner: isThisMachine(new URL(config.rerobots.url).hostname),
  });

  const robotFleet = createRobotFleetService({
    ...shared,
    health,
    fleet: robots.fleet,
    quota: config.robotQuota,
    keepDays: config.robotHistoryDays,
  });

  const services: Service[] = [robotAccount, robots, robotFleet];
  return {
    client,
    services,
    hook: robotHook,
    token: () => keeper.current(),
    /** For the overview: what the person sees of the robots in figures. */
    numbers: (owner: string) => robots.numbers(owner),
    routes: [
      ...robotRoutes(robots),
      ...robotFleetRoutes(robotFleet),
      ...robotAccessRoutes(robotAccess),
      ...robotAccountRoutes(robotAccount, ci),
    ],
    downloadRoutes: robotFleetDownloads(robotFleet),
  };
}
