import type { Overview } from '@cyclorama/shared/environment.ts';
import type { AccessPart } from '@cyclorama/shared/robot-access.ts';

import type { FeatureOffering } from '../../http/feature.ts';
import { createSecretBox } from '../../lib/secret-box.ts';
import { isThisMachine } from '../../lib/this-machine.ts';
import { bookingById, openBookingAccounts } from '../../store/bookings.ts';
import { DAY_MS } from '../../store/retention/kept.ts';
import { pruneBookings } from '../../store/retention/ledgers.ts';
import { createRerobotsClient } from '../../upstream/rerobots/client.ts';
import type { Governor } from '../../upstream/rerobots/governor.ts';
import type { FeatureContext } from '../context.ts';
import { robotAccessRoutes } from './access/routes.ts';
import { checkReachable } from './access/rules.ts';
import { createRobotAccessService } from './access/service.ts';
import { createAccountSharing } from './account-sharing.ts';
import { createCiService } from './account/ci.service.ts';
import { robotAccountRoutes } from './account/routes.ts';
import { createRobotAccountService } from './account/service.ts';
import { createTokenKeeper } from './account/token-keeper.ts';
import type { People } from './bookings/hand-over.ts';
import { robotHookOperations, robotHookRouter } from './callbacks/routes.ts';
import { createRobotHook } from './callbacks/service.ts';
import { robotFleetDownloads, robotFleetRoutes } from './fleet/routes.ts';
import { createRobotFleetService } from './fleet/service.ts';
import { createRobotWaits } from './fleet/waits.ts';
import { nicknameRoutes } from './nicknames/routes.ts';
import { createNicknameService } from './nicknames/service.ts';
import { robotRoutes } from './routes.ts';
import { createRobotsService } from './service.ts';
import type { RobotsService } from './service.ts';

type Offers = {
  numbers(): Overview['robots'];
  governor: Pick<Governor, 'admit' | 'observe'>;
  /** The account's current token; null where there is none. */
  rerobotsToken: () => string | null;
  /** Null where no deployment with this id is known. */
  deploymentType: (id: string) => string | null;
  /** @throws AppError `not-allowed-now` where the booked robot has no such part now. */
  checkReachable: (bookingId: string, part: AccessPart) => Promise<void>;
};

export function robotsFeature(
  { config, secrets, health: { rerobots: health }, ...context }: FeatureContext,
  {
    roleOf,
    noAccess,
    people,
  }: Pick<People, 'roleOf' | 'noAccess'> & { people: { get(name: string): object | null } },
): FeatureOffering<Offers> {
  const { db, clock, logger, carryOut, callOnce } = context;
  const keeper = createTokenKeeper({
    db,
    box: createSecretBox(secrets, 'rerobots-token'),
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
  const nicknames = createNicknameService({
    ...context,
    typeOf: (id) => robots.deployments.find(id)?.type ?? null,
    onChange: (id) => robots.factsChanged(id),
  });
  const waits = createRobotWaits({
    db,
    clock,
    keepDays: config.robotHistoryDays,
    all: () => robots.deployments.all(),
    onChange: (id) => robots.factsChanged(id),
  });
  const { replicas } = context;
  const sharing = context.singleProcess ? null : createAccountSharing({ ...context, client, health });
  const robots: RobotsService = createRobotsService({
    ...context,
    ...(sharing === null ? {} : { sharing, hub: sharing.hub }),
    client,
    health,
    quota: config.robotQuota,
    people: { hasSignedIn: (name) => people.get(name) !== null, roleOf, noAccess },
    facts: { ...waits, nickname: nicknames.nickname },
    callbackUrlOf: (bookingId) => robotHook.callbackUrlOf(bookingId),
  });

  const pollSoon = (upstreamId: string): void => {
    robots.bookings.pollSoon(upstreamId);
    replicas.tell('robots-poll', upstreamId);
  };
  const robotHook = createRobotHook({
    secrets,
    publicUrl: config.publicUrl,
    rerobotsUrl: config.rerobots.url,
    upstreamIdOf: async (bookingId) => (await bookingById(db, bookingId))?.upstream_id ?? null,
    pollSoon,
    logger,
  });

  const robotAccount = createRobotAccountService({
    ...context,
    keeper,
    client,
    health,
    openAccounts: () => openBookingAccounts(db),
  });
  const ci = createCiService({ client, carryOut, callOnce });
  const robotAccess = createRobotAccessService({
    client,
    booking: (id) => robots.bookings.detail(id),
    recordUse: (id) => robots.bookings.recordUse(id),
    pollSoon,
    carryOut,
    callOnce,
    inner: isThisMachine(new URL(config.rerobots.url).hostname),
  });

  const robotFleet = createRobotFleetService({
    ...context,
    health,
    fleet: robots.fleet,
    quota: config.robotQuota,
    keepDays: config.robotHistoryDays,
    waits,
  });

  if (sharing !== null) replicas.onTold(sharing.TOLD, () => robots.takeUp());
  replicas.onTold('robots-poll', (id) => (id === null ? undefined : robots.bookings.pollSoon(id)));
  replicas.onTold('nicknames', () => nicknames.reload());
  replicas.onTold('robot-token', () => robotAccount.reload());
  const thenTell = <A extends unknown[], T>(what: string, deed: (...args: A) => Promise<T>) => {
    return (...args: A): Promise<T> => deed(...args).finally(() => replicas.tell(what));
  };
  const { revoke, purge, setToken } = robotAccount;
  const toldAccount = {
    ...robotAccount,
    revoke: thenTell('robot-token', revoke),
    purge: thenTell('robot-token', purge),
    setToken: thenTell('robot-token', setToken),
  };
  replicas.reads('booking', async (ids) =>
    (await robots.bookings.reread(ids)).map((booking) => ({ type: 'booking', booking })),
  );
  return {
    sweeps: [
      {
        what: 'bookings',
        run: (now, isWanted) => pruneBookings(db, now - config.ledgerRetentionDays * DAY_MS, isWanted),
      },
    ],
    services: [{ stop: () => client.close() }, robotAccount, nicknames, robots, robotFleet],
    routes: [
      ...robotRoutes(robots),
      ...robotFleetRoutes(robotFleet),
      ...nicknameRoutes({
        ...nicknames,
        set: thenTell('nicknames', (...change: Parameters<typeof nicknames.set>) => nicknames.set(...change)),
      }),
      ...robotAccessRoutes(robotAccess),
      ...robotAccountRoutes(toldAccount, ci),
    ],
    downloads: robotFleetDownloads(robotFleet),
    unloggedRouters: [robotHookRouter({ hook: robotHook })],
    routerOperations: robotHookOperations,
    offers: {
      numbers: () => robots.numbers(),
      governor: client.governor,
      rerobotsToken: () => keeper.current(),
      deploymentType: (id) => robots.deployments.find(id)?.type ?? null,
      checkReachable: async (bookingId, part) =>
        checkReachable(part, await robots.bookings.detail(bookingId)),
    },
  };
}
