import { randomBytes, randomUUIDv7 } from 'node:crypto';

import { sql } from 'kysely';

import type { Config } from './config.ts';
import { createRobotDeps } from './deps.robots.ts';
import type { Service } from './deps.robots.ts';
import { createAboutService } from './features/about/service.ts';
import type { AboutService } from './features/about/service.ts';
import { accessTokenRoutes } from './features/access-tokens/routes.ts';
import { createAccessTokensService } from './features/access-tokens/service.ts';
import type { AccessTokensService } from './features/access-tokens/service.ts';
import { activityRoutes } from './features/activity/routes.ts';
import { createActivityService } from './features/activity/service.ts';
import { environmentRoutes, environmentSnapshotRoutes } from './features/environment/routes.ts';
import { createEnvironmentService } from './features/environment/service.ts';
import { claimDownloads } from './features/functions/claims/routes.ts';
import { createClaimsService } from './features/functions/claims/service.ts';
import { createFunctionsService } from './features/functions/pools/service.ts';
import { functionRoutes } from './features/functions/routes.ts';
import { jobRoutes } from './features/jobs/routes.ts';
import { createJobsService } from './features/jobs/service.ts';
import type { RobotHook } from './features/robots/callbacks/service.ts';
import { createSessionService } from './features/session/service.ts';
import type { SessionService } from './features/session/service.ts';
import { telemetryRoutes } from './features/telemetry/routes.ts';
import { createTelemetryService } from './features/telemetry/service.ts';
import { upstreamsRoutes } from './features/upstreams/routes.ts';
import { createUpstreamsService } from './features/upstreams/service.ts';
import type { UpstreamsService } from './features/upstreams/service.ts';
import type { DownloadRoute } from './http/download-route.ts';
import type { ProxyDeps } from './http/proxy/proxy-router.ts';
import { proxyTargets } from './http/proxy/proxy-targets.ts';
import type { Route } from './http/route.ts';
import { tokenSessionId } from './http/session-gate.ts';
import type { SnapshotRoute } from './http/snapshot-route.ts';
import type { Clock } from './lib/clock.ts';
import { UpstreamError } from './lib/errors.ts';
import type { AppError } from './lib/errors.ts';
import type { EventHub } from './lib/event-hub.ts';
import { createEventHub } from './lib/event-hub.ts';
import type { Logger } from './lib/logger.ts';
import { createSecretBox } from './lib/secret-box.ts';
import { bookingOwner } from './store/booking-owner.ts';
import type { Store } from './store/database.ts';
import { storeUnavailable } from './store/health.ts';
import { createPlatformClient } from './upstream/cycle-platform/client.ts';
import { createCycleClient } from './upstream/cycle/client.ts';
import { createSchedulerClient } from './upstream/scheduler/client.ts';

/** What the app is made of. */
export type Deps = {
  clock: Clock;
  hub: EventHub;
  sessions: SessionService;
  accessTokens: AccessTokensService;
  about: AboutService;
  /** What a change is refused with while the store can't be used. */
  storeRefusal: () => AppError | null;
  upstreams: UpstreamsService;
  activity: ReturnType<typeof createActivityService>;
  routes: Route[];
  snapshotRoutes: SnapshotRoute[];
  downloadRoutes: DownloadRoute[];
  proxy: ProxyDeps;
  robotHook: Pick<RobotHook, 'heard'>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

type Options = {
  config: Config;
  store: Store;
  /** Seals cookies and stored tokens. */
  secret: string;
  version: string;
  clock: Clock;
  logger: Logger;
};

/** Puts all services together; nothing runs before `start`. */
export function createDeps({ config, store, secret, version, clock, logger }: Options): Deps {
  const { db } = store;
  const hub = createEventHub();
  store.health.onChange((fault) =>
    hub.publish({ type: 'store', fault: fault && { message: fault.message, hint: fault.hint } }),
  );
  const upstreams = createUpstreamsService({ configured: configuredUpstreams(config), clock, hub });
  const activity = createActivityService({ db, clock, hub, logger });
  const { record } = activity;

  const cycle =
    config.cycle.token === null
      ? null
      : createCycleClient({
          ...config.cycle,
          token: config.cycle.token,
          health: upstreams.health.cycle,
          logger,
        });

  const sessions = createSessionService({
    verify: (name, password) => {
      if (cycle === null) throw cycleUnconfigured();
      return cycle.vpnLogin(name, password);
    },
    admins: config.adminUsers,
    operators: config.operatorUsers,
    secret,
    db,
    clock,
    record,
    logger,
  });

  const accessTokens = createAccessTokensService({
    db,
    clock,
    logger,
    record,
    newId: randomUUIDv7,
    random: randomBytes,
    roleOf: (name) => sessions.roleOf(name),
    onRevoked: (id) => sessions.end(tokenSessionId(id), 'The access token was revoked.'),
  });

  const about = createAboutService({
    version,
    notice: config.notice,
    storeFault: () => store.health.fault,
    pingStore: () => sql`select 1`.execute(db),
    cycle: upstreams.health.cycle,
  });

  const environment = createEnvironmentService({
    client: cycle,
    socketPath: config.cycle.socketPath,
    token: config.cycle.token ?? '',
    ownInstanceId: config.cycle.instanceId,
    health: upstreams.health.cycle,
    hub,
    db,
    activity,
    numbers: (person) => ({ claims: claims.numbers(), robots: robots.numbers(person.name) }),
    upstreams: () => upstreams.list(),
    clock,
    logger,
    newId: randomUUIDv7,
  });

  const telemetry = createTelemetryService({
    client: cycle,
    directory: environment.telemetryDirectory,
    db,
    hub,
    clock,
    logger,
  });

  const shared = { db, hub, clock, logger, record, newId: randomUUIDv7 };
  const { health } = upstreams;
  const scheduler = createSchedulerClient({ ...config.scheduler, health: health.scheduler, logger, clock });
  const claims = createClaimsService({
    commit: store.commit,
    ...shared,
    scheduler,
    directory: environment.functionDirectory,
    box: createSecretBox(secret, 'claims'),
    newToken: () => randomBytes(32).toString('base64url'),
    recordWithin: activity.recordWithin,
    singleProcess: store.engine === 'sqlite',
    processId: hub.epoch,
  });
  const functions = createFunctionsService({
    directory: environment.functionDirectory,
    openClaims: claims.openClaims,
  });

  const robots = createRobotDeps({
    config,
    secret,
    singleProcess: store.engine === 'sqlite',
    health: health.rerobots,
    sessions,
    ...shared,
  });

  const platform = createPlatformClient({ ...config.platform, health: health.platform, logger, clock });
  const jobs = createJobsService({ client: platform, health: health.platform, clock, logger });

  const services: Service[] = [sessions, environment, telemetry, claims, ...robots.services, jobs];
  const routes: Route[] = [
    ...accessTokenRoutes(accessTokens),
    ...activityRoutes(activity),
    ...upstreamsRoutes(upstreams),
    ...environmentRoutes(environment),
    ...telemetryRoutes(telemetry),
    ...functionRoutes(functions, claims),
    ...robots.routes,
    ...jobRoutes(jobs),
  ];
  const snapshotRoutes: SnapshotRoute[] = [...environmentSnapshotRoutes(environment)];

  return {
    clock,
    hub,
    sessions,
    accessTokens,
    about,
    storeRefusal: () => store.health.fault && storeUnavailable(store.health.fault),
    upstreams,
    activity,
    routes,
    snapshotRoutes,
    downloadRoutes: [...claimDownloads(claims, clock), ...robots.downloadRoutes],
    proxy: {
      targets: proxyTargets(config, robots.token),
      governor: robots.client.governor,
      record,
      health: upstreams.health,
      bookingOwner: (instanceId) => bookingOwner(db, instanceId),
    },
    robotHook: robots.hook,
    async start() {
      for (const service of services) await service.start();
    },
    async stop() {
      for (const service of services.toReversed()) await service.stop();
      await cycle?.close();
      await Promise.all([scheduler, robots.client, platform].map((client) => client.close()));
      await upstreams.stop();
    },
  };
}

function configuredUpstreams({ cycle, scheduler, rerobots, platform }: Config) {
  return {
    cycle: cycle.token !== null,
    scheduler: scheduler.accessKey !== null,
    rerobots: rerobots.token !== null,
    platform: platform.apiKey !== null && platform.hubId !== null,
  };
}

function cycleUnconfigured(): UpstreamError {
  return new UpstreamError('cycle', 'unconfigured', 'Nobody can sign in, since CYCLE_API_TOKEN is not set.');
}
