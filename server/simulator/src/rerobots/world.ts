import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { SshHosts } from '../ssh/ssh-hosts.ts';
import { toMicros } from './format.ts';
import type { Micros } from './format.ts';
import type { SshKeyPair } from './keys.ts';

/** `documented` behaves as the API documentation says, `observed` as the running server does. */
export type Profile = 'documented' | 'observed';

export type InstanceStatus = 'INIT' | 'INIT_FAIL' | 'READY' | 'TERMINATING' | 'TERMINATED';

/** Probabilities in [0, 1], ranges in simulated milliseconds. */
export type Device = {
  readyMs: readonly [number, number];
  stopMs: readonly [number, number];
  /** Refuses the launch. */
  nack: number;
  /** Never acknowledges the launch. */
  silent: number;
  /** Acknowledges, then never becomes ready. */
  stuck: number;
};

export type Deployment = {
  id: string;
  type: string;
  addons: readonly string[];
  region: string;
  icounter: number;
  created: Micros;
  /** User who registered the robot; null for rerobots' own. */
  owner: string | null;
  dissolved: Micros | null;
  lockout: boolean;
  /** Whether heartbeats arrive. If not, `lastBeat` is the last one (null: never). */
  beating: boolean;
  lastBeat: Micros | null;
  /** Never booked by other users. */
  quiet: boolean;
  /** The next launch is refused by the device. */
  failNext: boolean;
  device: Device;
};

export type LaunchOptions = {
  sshkey?: string | undefined;
  eurl?: string | undefined;
  expireSeconds?: number | undefined;
  vpn: boolean;
  keepalive: boolean;
};

export type FirewallRule = [source: string, action: string];
export type AddonStatus = 'starting' | 'ready' | 'active' | 'stopping';
export type Addon = { status: AddonStatus; since: number; token: string };

export type Instance = {
  id: string;
  deployment: Deployment;
  user: string;
  status: InstanceStatus;
  start: Micros;
  end: Micros | null;
  options: LaunchOptions;
  fromReservation: boolean;
  hostKeys: SshKeyPair;
  fwd: { ipv4: string; port: number } | null;
  /** null until the tunnel's chain exists. */
  firewall: FirewallRule[] | null;
  vpnClients: { id: string; user: string }[];
  addons: Map<string, Addon>;
  /** Simulated milliseconds of the last keep-alive ping. */
  lastPing: number;
};

export type Reservation = {
  id: string;
  user: string;
  created: Micros;
  /** Either one deployment, or the first available of a type (documented profile only). */
  target: { deployment: string } | { type: string };
  options: LaunchOptions;
  /** The deployment whose launch is queued with the worker. */
  granted: string | null;
};

export type AccessRule = {
  id: number;
  created: Micros;
  user: string;
  deployment: string;
  capability: 'CAP_INSTANTIATE' | 'CAP_NO_INSTANTIATE';
};

export type World = {
  clock: Clock;
  random: Random;
  profile: Profile;
  userName: string;
  deployments: Map<string, Deployment>;
  instances: Map<string, Instance>;
  reservations: Map<string, Reservation>;
  rules: AccessRule[];
  nextRuleId: number;
  /** What `instanceKeyPair` made so far, by instance. */
  keyPairs: Map<string, SshKeyPair>;
  /** From the answer to POST /new until the worker creates the instance; null: as the profile has it. */
  launchDelayMs: number | null;
  /** A reservation cancelled while its launch is with the worker is launched all the same. */
  cancelMeetsLaunch: boolean;
  /** Reservations cancelled that way. */
  cancelledTooLate: Set<string>;
  workerFreeAt: number;
  /** Called with every status an instance enters. */
  watchers: Set<(instance: Instance) => void>;
  /** Without it, instances have addresses where nobody answers. */
  ssh: SshHosts | undefined;
};

export function createWorld(clock: Clock, random: Random, profile: Profile, userName: string): World {
  return {
    clock,
    random,
    profile,
    userName,
    deployments: new Map(),
    instances: new Map(),
    reservations: new Map(),
    rules: [],
    nextRuleId: 1,
    keyPairs: new Map(),
    launchDelayMs: null,
    cancelMeetsLaunch: false,
    cancelledTooLate: new Set(),
    workerFreeAt: 0,
    watchers: new Set(),
    ssh: undefined,
  };
}

export function stampNow(world: World): Micros {
  return toMicros(world.clock.now(), world.random.int(0, 999));
}

export function draw(world: World, [low, high]: readonly [number, number]): number {
  return world.random.int(low, high);
}

export function isActive(instance: Instance): boolean {
  return instance.status !== 'INIT_FAIL' && instance.status !== 'TERMINATED';
}

export function activeInstance(world: World, deployment: Deployment): Instance | undefined {
  for (const instance of world.instances.values())
    if (instance.deployment === deployment && isActive(instance)) return instance;
  return undefined;
}

/** The reservations that could be satisfied by a deployment, in the order they were made. */
export function waitingFor(world: World, deployment: Deployment): Reservation[] {
  return [...world.reservations.values()].filter(({ target }) =>
    'deployment' in target ? target.deployment === deployment.id : target.type === deployment.type,
  );
}

/**
 * Length of the use-queue: one for the active instance, one for each reservation that applies and is not being
 * turned into an instance. Observed: until that instance's row is written it counts as neither, so for a moment a
 * queue looks shorter than it is.
 */
export function queueLength(world: World, deployment: Deployment): number {
  const waiting = waitingFor(world, deployment).filter(({ granted }) => granted === null);
  return (activeInstance(world, deployment) ? 1 : 0) + waiting.length;
}

export function heartbeatAge(world: World, deployment: Deployment): number {
  if (deployment.beating) return 0;
  return deployment.lastBeat === null ? Infinity : world.clock.now() - deployment.lastBeat / 1000;
}

/** A deployment is online with a heartbeat within 30 s, unless dissolved. */
export function isOnline(world: World, deployment: Deployment): boolean {
  return deployment.dissolved === null && heartbeatAge(world, deployment) <= 30_000;
}

/** New instances need a heartbeat within 60 s. */
export function isReachable(world: World, deployment: Deployment): boolean {
  return heartbeatAge(world, deployment) <= 60_000;
}

/**
 * Whether the access rules let a user instantiate. Users' own robots are closed unless a rule opens them, others
 * are open unless a rule closes them; the rule made last wins.
 */
export function mayInstantiate(world: World, deployment: Deployment, user: string): boolean {
  const rule = world.rules.findLast(
    (candidate) =>
      candidate.deployment === deployment.id && (candidate.user === user || candidate.user === '*'),
  );
  return rule ? rule.capability === 'CAP_INSTANTIATE' : deployment.owner === null;
}
