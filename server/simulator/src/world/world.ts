import type { Clock } from '../clock.ts';
import type { IdSource } from '../ids.ts';
import type { InternalApiScope } from './internal-api-scope.ts';
import type { Notification } from './notification.ts';
import type { PlatformCapability } from './platform-capabilities.ts';
import type { TelemetryFaults } from './telemetry-faults.ts';
import type * as Types from './types.ts';

export type World = {
  readonly scenario: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly hub: { id: string; name: string; createdAt: number; accountId: string };
  readonly cluster: string;
  readonly environment: Types.Environment;
  /** Other environments of the hub that share its networks and servers. */
  readonly otherEnvironments: Types.Environment[];
  readonly otherInstances: Types.Instance[];
  readonly otherContainerId: string;
  readonly self: {
    instanceId: string;
    containerId: string;
    serverId: string;
    /** null: everything may be asked for. */
    scope: InternalApiScope[] | null;
  };
  readonly telemetryFaults: TelemetryFaults;
  readonly deploymentTags: Record<string, string>;
  readonly disabledServices: ReadonlySet<Types.ServiceName>;
  readonly loadBalancer: { performance: boolean };
  readonly locations: Map<string, Types.Location>;
  readonly servers: Map<string, Types.Server>;
  readonly containers: Map<string, Types.Container>;
  readonly instances: Map<string, Types.Instance>;
  readonly virtualMachines: Map<string, Types.VirtualMachine>;
  readonly ips: Types.Ip[];
  readonly domains: Types.Domain[];
  readonly certificates: Types.Certificate[];
  readonly networks: Types.SdnNetwork[];
  readonly integrations: Types.Integration[];
  readonly scopedVariables: Types.ScopedVariable[];
  /** What the API key of the public API may do; null: everything. */
  readonly platformKey: { capabilities: PlatformCapability[] | null };
  readonly output: Types.Output;
  readonly accessKeys: Types.SchedulerAccessKey[];
  readonly vpnUsers: Types.VpnUser[];
  readonly tokens: { cycle: string; platformKey: string };
};

type Listener<T> = (value: T) => void;

export type Bus = {
  notify(notification: Notification): void;
  onNotification(listener: Listener<Notification>): () => void;
  instanceMoved(instance: Types.Instance): void;
  onInstanceMoved(listener: Listener<Types.Instance>): () => void;
};

export function createBus(): Bus {
  const heard = new Set<Listener<Notification>>();
  const moved = new Set<Listener<Types.Instance>>();
  return {
    notify: (notification) => heard.forEach((listener) => listener(notification)),
    onNotification: (listener) => {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    instanceMoved: (instance) => moved.forEach((listener) => listener(instance)),
    onInstanceMoved: (listener) => {
      moved.add(listener);
      return () => moved.delete(listener);
    },
  };
}

export function instancesOf(world: World, containerId: string): Types.Instance[] {
  return [...world.instances.values()]
    .filter((instance) => instance.containerId === containerId)
    .sort((a, b) => a.index - b.index);
}

export function instancesOn(world: World, serverId: string): Types.Instance[] {
  return [...world.instances.values()].filter((instance) => instance.serverId === serverId);
}

export function containerOf(world: World, instance: Types.Instance): Types.Container {
  const container = world.containers.get(instance.containerId);
  if (!container) throw new Error(`instance ${instance.id}: expected its container ${instance.containerId}`);
  return container;
}
