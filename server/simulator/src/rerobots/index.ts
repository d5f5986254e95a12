import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { SshHosts } from '../ssh/ssh-hosts.ts';
import { accessRoutes } from './access.ts';
import { accountRoutes } from './account.ts';
import { addonRoutes } from './addons.ts';
import { startCallbacks } from './callbacks.ts';
import { createCiRoutes } from './ci.ts';
import { deploymentRoutes } from './deployments.ts';
import { carryOut } from './events.ts';
import type { RerobotsEvent } from './events.ts';
import { firewallRoutes } from './firewall.ts';
import { hardshareRoutes } from './hardshare.ts';
import { instanceRoutes } from './instances.ts';
import { launchRoutes } from './launch.ts';
import { createRateLimit } from './limit.ts';
import { startOthers } from './others.ts';
import { pastOfRobots } from './past.ts';
import type { PastRobot } from './past.ts';
import { qlenRoutes } from './qlen.ts';
import { dispatchWhenFreed, reservationRoutes } from './reservations.ts';
import type { Route } from './route.ts';
import { buildScenario } from './scenarios.ts';
import type { Scenario } from './scenarios.ts';
import { createHandler } from './server.ts';
import { createTokens } from './tokens.ts';
import type { TokenOptions } from './tokens.ts';
import { vpnRoutes } from './vpn.ts';
import type { Profile, World } from './world.ts';
import { createWorld, isOnline } from './world.ts';

export type RerobotsOptions = {
  clock: Clock;
  random: Random;
  profile: Profile;
  scenario: Scenario;
  /** Runs an sshd behind each of the user's instances; closed with the rest. */
  ssh?: SshHosts;
  launchDelayMs?: number;
  userName?: string;
};

export type Rerobots = {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** The dashboard's rerobots user, and their API token; it never expires. */
  userName: string;
  token: string;
  issueToken(options: TokenOptions): Promise<string>;
  summary(): object;
  past(): PastRobot[];
  /** Throws an Error that names what was expected. */
  happen(event: RerobotsEvent): void;
  /** Aborts callbacks under way and ends every SSH session; does not stop the clock. */
  close(): void;
};

function count<T>(items: Iterable<T>, keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

function summarize(world: World): object {
  const deployments = [...world.deployments.values()];
  return {
    profile: world.profile,
    user: world.userName,
    deployments: deployments.length,
    online: deployments.filter((deployment) => isOnline(world, deployment)).length,
    types: count(deployments, ({ type }) => type),
    instances: count(world.instances.values(), ({ status }) => status),
    reservations: world.reservations.size,
  };
}

function routeTable(): Route[] {
  return [
    ...accountRoutes,
    ...deploymentRoutes,
    ...launchRoutes,
    ...instanceRoutes,
    ...reservationRoutes,
    ...firewallRoutes,
    ...vpnRoutes,
    ...addonRoutes,
    ...qlenRoutes,
    ...accessRoutes,
    ...hardshareRoutes,
    ...createCiRoutes(),
  ];
}

/**
 * The rerobots API with a world of robots and other users behind it. Both profiles mirror their source: the API
 * documentation, and answers recorded from the running server.
 */
export async function createRerobots(options: RerobotsOptions): Promise<Rerobots> {
  const { clock, random, profile, scenario, userName = 'cyclorama' } = options;
  const world = createWorld(clock, random.fork('rerobots'), profile, userName);
  const tokens = await createTokens(clock, profile);
  const token = await tokens.issue({ user: userName });
  const limit = createRateLimit(clock, profile);
  world.launchDelayMs = options.launchDelayMs ?? null;
  buildScenario(world, scenario);
  dispatchWhenFreed(world);
  const stopCallbacks = startCallbacks(world, tokens);
  const { ssh } = options;
  world.ssh = ssh;
  world.watchers.add(({ id, status }) => {
    if (status !== 'INIT' && status !== 'READY') ssh?.shut(id);
  });
  const others = startOthers(world, scenario === 'queue-full');
  return {
    handle: createHandler({ world, tokens, limit, routes: routeTable() }),
    userName,
    token,
    issueToken: tokens.issue,
    summary: () => summarize(world),
    past: () => pastOfRobots(world),
    happen: (event) => carryOut({ world, others, limit, tokens, token }, event),
    close() {
      stopCallbacks();
      ssh?.close();
    },
  };
}
