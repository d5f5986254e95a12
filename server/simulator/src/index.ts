import type { Server } from 'node:http';

import type { Clock } from './clock.ts';
import { headStartClock, realClock } from './clock.ts';
import { createControl, isManual } from './control/index.ts';
import { summarize } from './control/summary.ts';
import { createCycleApi } from './cycle/index.ts';
import { createNotificationSocket } from './cycle/notification-socket.ts';
import { presentMetadata } from './cycle/present-environment.ts';
import { openServerSockets } from './cycle/server-sockets.ts';
import type { Addresses } from './endpoints.ts';
import { endpointVariables } from './endpoints.ts';
import type { Api, Fault } from './faults/fault.ts';
import { createFaults } from './faults/faults.ts';
import type { HttpHandler } from './http/serve.ts';
import type { LiveWorld } from './live-world.ts';
import { createLiveWorld } from './live-world.ts';
import { PAST_MS } from './past/run-past.ts';
import { tellPast } from './past/tell-past.ts';
import { createConsoleSocket } from './platform/console-socket.ts';
import { createPlatformApi } from './platform/index.ts';
import { createPlatformTokens } from './platform/tokens.ts';
import type { Ports } from './ports.ts';
import { closePorts, openPorts, setListening, writeMetadata } from './ports.ts';
import { createRandom } from './random.ts';
import { createRequestCounts } from './request-counts.ts';
import type { RerobotsEvent } from './rerobots/events.ts';
import { createRerobots } from './rerobots/index.ts';
import type { Rerobots, RerobotsOptions } from './rerobots/index.ts';
import { scenarioPlan } from './scenarios/index.ts';
import { createSchedulerApi } from './scheduler/index.ts';
import { createSshHosts } from './ssh/ssh-hosts.ts';
import type { WorldEvent } from './world/happen.ts';
import { EVENT_KINDS, happen } from './world/happen.ts';

export type { Fault, FaultKind } from './faults/fault.ts';
export type { WorldEvent } from './world/happen.ts';
export { manualClock, realClock } from './clock.ts';
export { createRandom } from './random.ts';

export type SimulatorOptions = {
  /** One of the names in `scenarios/`; `healthy` if absent. */
  scenario?: string;
  seed?: number;
  /** A manual clock makes the world stand still until `advance`; a running one of `speed` if absent. */
  clock?: Clock;
  /** How many times faster than real time the world runs, where no clock is given. */
  speed?: number;
  /** How rerobots behaves; `observed` if absent. */
  profile?: RerobotsOptions['profile'];
  /** How long rerobots' worker takes to create an instance, in simulated milliseconds; up to 2 s if absent. */
  launchDelayMs?: number;
  /** Where the internal API listens; a new directory of its own if absent. */
  socketPath?: string;
  /** First of four ports in a row: scheduler, rerobots, platform, control; free ones if absent. */
  portBase?: number;
  /** Whether OpenSSH's sshd runs behind READY instances of the dashboard's user; it does not if absent. */
  ssh?: boolean;
  /** Whether the world has lived a day before it is served, told by the control port's `/past`; where no clock is given. */
  past?: boolean;
  warn?: (line: string) => void;
};

export type SimulatorEvent = WorldEvent | RerobotsEvent;

export type Simulator = {
  /** The product's configuration for this simulator by variable name, and the `SIM_` names for tests. */
  env: Record<string, string>;
  live: LiveWorld;
  rerobots: Rerobots;
  /** Advances a manual clock; throws for any other. */
  advance(ms: number): void;
  /** The returned function ends the fault. */
  fail(fault: Fault): () => void;
  /** Makes something happen; throws an Error that names the field and what was expected. */
  happen(event: SimulatorEvent): void;
  /** Requests by API, method and path since the start or the last reset. */
  requests(): Record<Api, Record<string, number>>;
  /** Open sockets of consoles. */
  consoles(): number;
  resetRequests(): void;
  close(): Promise<void>;
};

/**
 * Starts the simulated Cycle environment and rerobots account: the internal API on a Unix socket, the scheduler, the
 * public API and rerobots on loopback ports, all of them views of one world, and a control port beside them. Resolves
 * when everything listens.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const plan = scenarioPlan(options.scenario ?? 'healthy');
  const clock = options.clock ?? clockFor(options);
  const random = createRandom(options.seed ?? 1);
  const wire = realClock();
  const ssh = options.ssh === true ? createSshHosts() : undefined;
  const ports = await openPorts(options);
  const live = createLiveWorld(plan, clock, random, ports.shards.length);
  await writeMetadata(ports, presentMetadata(live.world));
  const rerobots = await createRerobots({
    clock,
    random: random.fork('robots'),
    profile: options.profile ?? 'observed',
    scenario: plan.robots ?? 'healthy',
    ...(options.launchDelayMs === undefined ? {} : { launchDelayMs: options.launchDelayMs }),
    ...(ssh ? { ssh } : {}),
  });
  const served = serveApis({ ports, live, rerobots, clock, wire });
  const { directory } = ports;
  const servers = await openServerSockets({ directory, parts: live, random: random.fork('servers') });
  return {
    env: endpointVariables(live.world, { ...addressesOf(ports, rerobots), servers: servers.list }),
    live,
    rerobots,
    advance(ms) {
      if (!isManual(clock)) throw new Error('clock: expected a manual clock, this one runs by itself');
      clock.advance(ms);
    },
    fail(fault) {
      const id = served.faults.add(fault);
      return () => void served.faults.remove(id);
    },
    happen(event) {
      const problem = happenAnywhere(live, rerobots, event);
      if (problem !== undefined) throw new Error(problem);
    },
    requests: () => served.counts.snapshot(),
    consoles: () => served.consoles.connected(),
    resetRequests: () => served.counts.reset(),
    async close() {
      clock.stop();
      wire.stop();
      rerobots.close();
      served.notifications.close();
      served.consoles.close();
      await servers.close();
      await closePorts(ports);
    },
  };
}

function clockFor({ past = false, speed = 1 }: SimulatorOptions): Clock {
  return past ? headStartClock(Date.now() - PAST_MS, speed) : realClock(speed);
}

type Parts = { ports: Ports; live: LiveWorld; rerobots: Rerobots; clock: Clock; wire: Clock };

function serveApis({ ports, live, rerobots, clock, wire }: Parts) {
  const notifications = createNotificationSocket(live.world, live.bus);
  const consoles = createConsoleSocket(live.world);
  const faults = createFaults(wire, {
    websockets: { cycle: notifications, platform: consoles },
    setListening: (api, listening) => setListening(ports, api, listening),
  });
  const counts = createRequestCounts();
  const serve = (server: Server, api: Api, handler: HttpHandler) =>
    server.on('request', counts.counting(api, faults.withFaults(api, handler)));

  serve(ports.cycle, 'cycle', createCycleApi(live));
  const upgrade = faults.withUpgradeFaults('cycle', (...upgraded) => notifications.upgrade(...upgraded));
  ports.cycle.on('upgrade', upgrade);
  for (const [shard, { server }] of ports.shards.entries())
    serve(server, 'scheduler', createSchedulerApi(live.world, live.pool, shard));
  serve(ports.rerobots.server, 'rerobots', (request, response) => rerobots.handle(request, response));
  const tokens = createPlatformTokens(clock, live.world.ids);
  const { world, jobs } = live;
  serve(ports.platform.server, 'platform', createPlatformApi({ world, jobs, tokens, consoles }));
  const upgradeConsole = faults.withUpgradeFaults('platform', (...upgraded) => consoles.upgrade(...upgraded));
  ports.platform.server.on('upgrade', upgradeConsole);

  const summary = () => ({
    ...summarize(live),
    websockets: notifications.connected(),
    consoles: consoles.connected(),
    rerobots: rerobots.summary(),
  });
  const happenNow = (event: SimulatorEvent) => happenAnywhere(live, rerobots, event);
  const issueToken = (user = rerobots.userName) => rerobots.issueToken({ user });
  const past = () => tellPast(live, rerobots);
  const control = createControl({
    faults,
    counts,
    clock,
    happen: happenNow,
    issueToken,
    summary,
    received: live.received,
    past,
  });
  ports.control.server.on('request', control);
  return { notifications, consoles, faults, counts };
}

function addressesOf(ports: Ports, rerobots: Rerobots): Omit<Addresses, 'servers'> {
  return {
    socketPath: ports.socketPath,
    metadataPath: ports.metadataPath,
    schedulerPort: ports.shards[0]?.port ?? 0,
    shardHosts: ports.shards.map(({ host }) => host),
    rerobotsPort: ports.rerobots.port,
    rerobotsToken: rerobots.token,
    platformPort: ports.platform.port,
    controlPort: ports.control.port,
  };
}

function happenAnywhere(live: LiveWorld, rerobots: Rerobots, event: SimulatorEvent): string | undefined {
  if (EVENT_KINDS.includes(event.kind)) return happen(live, event);
  try {
    rerobots.happen(event);
    return undefined;
  } catch (error) {
    const known = `also of this world: ${EVENT_KINDS.join(', ')}`;
    return error instanceof Error ? `${error.message}; ${known}` : known;
  }
}
