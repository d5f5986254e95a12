import type { Health, State } from '@cyclorama/shared/topology.ts';

/** Only the fields the product uses, none of them a secret unless it says so. Times are RFC 3339. */
export type CycleEnvironment = {
  id: string;
  name: string;
  identifier: string;
  cluster: string;
  hubId: string;
  state: State;
  /** Services that are set up but disabled. */
  disabledServices: string[];
  settings: WatchedSettings;
};

/** The value is a secret. */
export type CycleScopedVariable = { name: string; value: string };

export type CycleHub = { id: string; name: string; state: State };

export type FunctionLimits = {
  maxPoolSize: number | null;
  maxShardConcurrency: number | null;
  maxRuntimeSeconds: number | null;
  maxQueueTimeSeconds: number | null;
};

/** By their names on the page; null where not set. They only serve to notice a change. */
export type WatchedSettings = {
  /** As Cycle writes them. */
  plain: Record<string, string | null>;
  /** Of those that may hold a secret or are long: equal digests, equal values. Not the same after a restart. */
  digests: Record<string, string | null>;
};

export type CycleContainer = {
  id: string;
  name: string;
  identifier: string;
  environmentId: string;
  state: State;
  service: string | null;
  isFunction: boolean;
  /** The environment has this service switched off. */
  isDisabled: boolean;
  desiredInstances: number | null;
  strategy: string | null;
  publicNetwork: string | null;
  hostname: string;
  ports: string[];
  deployment: string | null;
  imageId: string | null;
  stack: string | null;
  resources: {
    cpuSharesLimit: number | null;
    cpuSharesReserve: number | null;
    ramLimitBytes: number | null;
    ramReserveBytes: number | null;
  };
  environmentVariableNames: string[];
  volumes: { id: string; identifier: string | null; maxSize: string | null }[];
  functionLimits: FunctionLimits | null;
  /** Null in a summary. */
  settings: WatchedSettings | null;
  telemetry: { intervalSeconds: number | null; disabled: boolean };
  locked: boolean;
  deprecated: boolean;
  createdAt: string | null;
  startedAt: string | null;
};

export type CycleInstance = {
  id: string;
  containerId: string;
  environmentId: string;
  serverId: string;
  locationId: string;
  provider: { vendor: string | null; location: string | null };
  hostname: string;
  state: State;
  health: Health;
  healthSince: string | null;
  /** True where nobody saw it begin: Cycle's time may be that of the last check. */
  healthAtLeast?: boolean;
  ready: boolean | null;
  readySince: string | null;
  readyAtLeast?: boolean;
  readyState: string;
  privateIp: string | null;
  macAddress: string | null;
  service: string | null;
  isFunction: boolean;
  deployment: string | null;
  migratingTo: string | null;
  purgeAt: string | null;
  createdAt: string | null;
  startedAt: string | null;
};

export type CycleServer = {
  id: string;
  hostname: string;
  nickname: string | null;
  locationId: string;
  provider: { vendor: string | null; location: string | null };
  /** Null where the node does not report it. */
  memoryBytes: number | null;
  state: State;
};

export type CycleIp = {
  id: string;
  ip: string;
  family: 'ipv4' | 'ipv6';
  instanceId: string | null;
  containerId: string | null;
  virtualMachineId: string | null;
  environmentId: string | null;
  state: State;
};

export type CycleService = { service: string; container: CycleContainer; instances: CycleInstance[] };

export type CycleVirtualMachine = {
  id: string;
  name: string;
  identifier: string;
  environmentId: string;
  containerId: string | null;
  state: State;
};

export type CycleNetwork = {
  id: string;
  name: string;
  identifier: string;
  cidr: string | null;
  environmentIds: string[];
  state: State;
};

export type CycleDomain = {
  id: string;
  fqdn: string;
  containerId: string | null;
  virtualMachineId: string | null;
  tls: boolean;
  record: { type: string; value: string | null } | null;
  certificateExpires: string | null;
  certificateIssued: string | null;
  certificateIsOwn: boolean | null;
  state: State | null;
};

export type CycleVirtualMachineGateway = { gatewayInstanceId: string; publicIps: string[] };

export type CycleIntegration = {
  id: string;
  name: string;
  vendor: string;
  identifier: string;
  state: State;
  /** Of those that are set. */
  credentialNames: string[];
};

/** Whatever a program put there. */
export type CycleCacheEntry = { scope: string; key: string; value: string; expires: string };

/** Counters of one network interface since it came up; null where not reported. Errors and drops of both directions. */
export type CycleInterfaceCounters = {
  name: string;
  kind: 'private' | 'public' | 'other';
  receivedBytes: number | null;
  transmittedBytes: number | null;
  errors: number | null;
  drops: number | null;
};

/** Counters since the instance's restart (CPU, periods, limit hits) and current levels; null where not reported. */
export type CycleTelemetryRow = {
  instanceId: string;
  containerId: string;
  environmentId: string;
  /** The sample's own time, epoch milliseconds. */
  at: number;
  cpuNs: number | null;
  periods: number | null;
  throttledPeriods: number | null;
  interfaces: CycleInterfaceCounters[];
  memoryBytes: number | null;
  memoryLimitBytes: number | null;
  /** How often an allocation hit the memory limit. */
  limitHits: number | null;
  swapBytes: number | null;
  cacheBytes: number | null;
  processes: number | null;
};

/** Says only that something changed, and the ids of what. */
export type CycleNotification = {
  topic: string;
  objectId: string;
  state: string | null;
  environmentIds: string[];
  containerIds: string[];
};
