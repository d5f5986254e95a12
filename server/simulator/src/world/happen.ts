import type { ContainerActions } from './container-actions.ts';
import type { InstanceStates } from './instance-states.ts';
import type { InternalApiScope } from './internal-api-scope.ts';
import { INTERNAL_API_SCOPES } from './internal-api-scope.ts';
import type { Jobs } from './jobs.ts';
import type { Migrations } from './migration.ts';
import { OUTPUT_EVENTS } from './output-events.ts';
import type { OutputEvent } from './output-events.ts';
import type { PlatformCapability } from './platform-capabilities.ts';
import type { Power } from './power.ts';
import { TELEMETRY_EVENTS } from './telemetry-events.ts';
import type { TelemetryEvent } from './telemetry-events.ts';
import type { Container, Instance, Server } from './types.ts';
import type { Bus, World } from './world.ts';

export type WorldEvent = {
  kind: string;
  id?: string;
  /** What went wrong, for `instance.fail` and `job.add` with a failure. */
  message?: string;
  /** The deployment version, for `container.deploy`. */
  version?: string;
  /** For `container.scale`; `desired` false: without anybody asking for it, as autoscaling does. */
  instances?: number;
  desired?: boolean;
  /** For `container.reconfigure`: the new memory limit. */
  ramMegabytes?: number;
  /** For `notify`: the topic to send with `id`. */
  topic?: string;
  scope?: InternalApiScope[] | null;
  capabilities?: PlatformCapability[] | null;
} & TelemetryEvent &
  OutputEvent;

export type HappenParts = {
  world: World;
  bus: Bus;
  states: InstanceStates;
  migrations: Migrations;
  actions: ContainerActions;
  jobs: Jobs;
  power: Power;
};

type InstanceEvent = (parts: HappenParts, instance: Instance, event: WorldEvent) => boolean;
type ContainerEvent = (parts: HappenParts, container: Container, event: WorldEvent) => void | boolean;
type ServerEvent = (parts: HappenParts, server: Server) => void;

const INSTANCE_EVENTS: Record<string, InstanceEvent> = {
  'instance.start': ({ states }, instance) => states.start(instance),
  'instance.stop': ({ states }, instance) => states.stop(instance),
  'instance.restart': ({ states }, instance) => states.restart(instance),
  'instance.fail': ({ states }, instance, event) => states.fail(instance, event.message ?? 'failed by hand'),
  'instance.fails-to-start': (_, instance) => (instance.failsToStart = true),
  'instance.starts-again': (_, instance) => !(instance.failsToStart = false),
  'instance.unhealthy': ({ states }, instance) => states.setHealthy(instance, false),
  'instance.healthy': ({ states }, instance) => states.setHealthy(instance, true),
  'instance.checked': ({ states }, instance) => states.checkHealth(instance),
  'instance.unready': ({ states }, instance) => states.setReady(instance, false),
  'instance.ready': ({ states }, instance) => states.setReady(instance, true),
  'instance.drain': ({ states }, instance) => states.setDraining(instance, true),
  'instance.undrain': ({ states }, instance) => states.setDraining(instance, false),
  'instance.hibernate': ({ states }, instance) => setReadyState(states, instance, 'hibernate'),
  'instance.activate': ({ states }, instance) => setReadyState(states, instance, 'active'),
  migrate: ({ migrations }, instance) => migrations.migrate(instance),
};

const CONTAINER_EVENTS: Record<string, ContainerEvent> = {
  'container.start': ({ actions }, container) => actions.start(container),
  'container.stop': ({ actions }, container) => actions.stop(container),
  'container.deploy': ({ actions }, container, event) => actions.deploy(container, event.version ?? 'v3.0.0'),
  'container.reconfigure': ({ actions }, container, { message, ramMegabytes }) =>
    actions.reconfigure(container, {
      ...(message === undefined ? {} : { failure: message }),
      ...(ramMegabytes === undefined ? {} : { ramMegabytes }),
    }),
  // As the platform's own: it waits until its time, then builds and scans.
  'container.build': ({ actions }, container, { ms }) => actions.build(container, ms),
  'container.scale': ({ actions }, container, event) =>
    actions.scale(container, event.instances ?? 1, event.desired ?? true),
};

const SERVER_EVENTS: Record<string, ServerEvent> = {
  'server.poweroff': ({ power }, server) => power.off(server),
  'server.reboot': ({ power }, server) => power.reboot(server),
};

export const EVENT_KINDS = [
  ...Object.keys(INSTANCE_EVENTS),
  ...Object.keys(CONTAINER_EVENTS),
  ...Object.keys(SERVER_EVENTS),
  ...Object.keys(TELEMETRY_EVENTS),
  ...Object.keys(OUTPUT_EVENTS),
  'notify',
  'environment.reconfigure',
  'scope.set',
  'capabilities.set',
  'vpn.delete-user',
];

/** Undefined on success, else what was wrong: the kind, the id, or a state that does not allow it. */
export function happen(parts: HappenParts, event: WorldEvent): string | undefined {
  const { world, bus } = parts;
  const { kind, id = '' } = event;
  if (kind === 'notify') {
    bus.notify({ topic: event.topic ?? 'hub.custom.event', id: id || world.ids.objectId() });
    return undefined;
  }
  if (kind === 'environment.reconfigure') return reconfigureEnvironment(parts);
  if (kind === 'vpn.delete-user') return deleteVpnUser(parts, id);
  if (kind === 'scope.set') return setScope(world, event.scope ?? null);
  if (kind === 'capabilities.set') {
    world.platformKey.capabilities = event.capabilities ?? null;
    return undefined;
  }
  const onWorld = TELEMETRY_EVENTS[kind] ?? OUTPUT_EVENTS[kind];
  if (onWorld) return onWorld(world, event);
  const onInstance = INSTANCE_EVENTS[kind];
  if (onInstance) {
    const instance = world.instances.get(id);
    if (!instance) return `id: expected an instance of this world, got "${id}"`;
    return onInstance(parts, instance, event)
      ? undefined
      : `${kind}: not possible while ${id} is ${instance.state}`;
  }
  const onContainer = CONTAINER_EVENTS[kind];
  if (onContainer) {
    const container = world.containers.get(id);
    if (!container) return `id: expected a container of this world, got "${id}"`;
    return onContainer(parts, container, event) === false
      ? `${kind}: not possible for ${container.name}`
      : undefined;
  }
  const onServer = SERVER_EVENTS[kind];
  const server = world.servers.get(id);
  if (!onServer) return `kind: expected one of ${EVENT_KINDS.join(', ')}, got "${kind}"`;
  if (!server) return `id: expected a server of this world, got "${id}"`;
  onServer(parts, server);
  return undefined;
}

function setReadyState(
  states: InstanceStates,
  instance: Instance,
  readyState: 'active' | 'hibernate',
): boolean {
  if (instance.readyState === readyState) return false;
  if (readyState === 'hibernate') states.stop(instance);
  instance.readyState = readyState;
  states.touch(instance);
  return true;
}

/** Switches the load balancer’s performance mode. */
function reconfigureEnvironment({ world, bus }: HappenParts): undefined {
  world.loadBalancer.performance = !world.loadBalancer.performance;
  bus.notify({ topic: 'environment.services.reconfigured', id: world.environment.id });
}

/** The topic says neither who nor what; `id` in it is the environment’s. */
function deleteVpnUser({ world, bus }: HappenParts, name: string): string | undefined {
  const at = world.vpnUsers.findIndex((user) => user.name === name);
  if (at === -1) return `id: expected the name of a VPN account, got "${name}"`;
  world.vpnUsers.splice(at, 1);
  bus.notify({ topic: 'environment.services.vpn.users.updated', id: world.environment.id });
  return undefined;
}

function setScope(world: World, scope: InternalApiScope[] | null): string | undefined {
  const odd = scope?.find((each) => !INTERNAL_API_SCOPES.includes(each));
  if (odd !== undefined) return `scope: expected ${INTERNAL_API_SCOPES.join(', ')} or null, got "${odd}"`;
  world.self.scope = scope;
  const own = world.containers.get(world.self.containerId);
  if (own) own.revision++;
  return undefined;
}
