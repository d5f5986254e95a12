export type ServiceName = 'loadbalancer' | 'discovery' | 'vpn' | 'scheduler' | 'gateway';

export type InstanceStateName =
  | 'new'
  | 'starting'
  | 'migrating'
  | 'running'
  | 'stopping'
  | 'stopped'
  | 'failed'
  | 'deleting'
  | 'deleted';

export type ContainerStateName = 'new' | 'starting' | 'running' | 'function' | 'stopping' | 'stopped';

export type ReadyState = 'active' | 'purge' | 'hibernate' | 'configuring';

export type MigrationEnd = { instanceId: string; serverId: string };

export type Instance = {
  readonly id: string;
  readonly containerId: string;
  readonly environmentId: string;
  /** 1-based place within its container. */
  readonly index: number;
  readonly serverId: string;
  readonly hostname: string;
  readonly service: ServiceName | null;
  readonly functionSeed: number | null;
  readonly virtualMachineId: string | null;
  readonly createdAt: number;
  updatedAt: number;
  startedAt: number | null;
  readyState: ReadyState;
  purgeAt: number | null;
  state: InstanceStateName;
  stateChangedAt: number;
  stateError: { message: string; time: number } | null;
  /** null: no check is configured; `healthy: null`: not checked yet. */
  health: { healthy: boolean | null; updated: number } | null;
  readiness: { ready: boolean | null; updated: number } | null;
  deploymentVersion: string | null;
  drainStartedAt: number | null;
  migration: {
    to: MigrationEnd | null;
    from: MigrationEnd | null;
    startedAt: number;
    completedAt: number | null;
    key: string;
  } | null;
  /** Every start fails. */
  failsToStart: boolean;
  /** Average processor use in cores. */
  readonly cores: number;
  /** Phase of its own small waves, in [0, 1). */
  readonly phase: number;
  /** Grows with every change; cached presentations are checked against it. */
  revision: number;
};

export type FunctionLimits = {
  maxPoolSize: number;
  maxShardConcurrency: number;
  maxRuntime: string | null;
  maxQueueTime: string;
};

export type Container = {
  readonly id: string;
  readonly identifier: string;
  readonly name: string;
  readonly imageId: string;
  readonly service: ServiceName | null;
  readonly virtualMachineId: string | null;
  /** Four hexadecimal digits: the container's part of the private network. */
  readonly subnet: string;
  readonly strategy: string;
  readonly publicMode: 'enable' | 'egress-only' | 'environment-limited' | 'disable';
  readonly ports: string[];
  readonly functionLimits: FunctionLimits | null;
  readonly healthCheck: boolean;
  readonly readinessCheck: boolean;
  readonly telemetryDisabled: boolean;
  ramMegabytes: number;
  readonly cpuShares: number;
  readonly cores: number;
  readonly stateful: boolean;
  readonly powerManagement: boolean;
  readonly environmentVariables: Record<string, string>;
  readonly volumePassword: string | null;
  readonly createdAt: number;
  deploymentVersion: string | null;
  desiredInstances: number;
  updatedAt: number;
  startedAt: number;
  state: ContainerStateName;
  stateChangedAt: number;
  revision: number;
};

export type Location = {
  readonly id: string;
  readonly vendor: string;
  readonly code: string;
  readonly name: string;
};

export type Server = {
  readonly id: string;
  readonly modelId: string;
  readonly nodeId: string;
  readonly hostname: string;
  readonly locationId: string;
  readonly cores: number;
  readonly ramMegabytes: number;
  readonly publicIp: string;
  readonly createdAt: number;
  images: { id: string; accessedAt: number }[];
  state: 'live' | 'quarantined';
  power: 'on' | 'off';
};

export type VirtualMachine = {
  readonly id: string;
  readonly identifier: string;
  readonly name: string;
  readonly containerId: string;
  readonly instanceId: string;
  readonly image: string;
  readonly cpuCores: number;
  readonly ramGigabytes: number;
  readonly diskGigabytes: number;
  readonly rootPassword: string | null;
  readonly sshKeys: { id: string; name: string }[];
  readonly publicIp: string | null;
  readonly createdAt: number;
  state: 'new' | 'starting' | 'configuring' | 'running' | 'stopping' | 'stopped';
  stateChangedAt: number;
  startedAt: number | null;
};

export type Ip = {
  readonly id: string;
  readonly kind: 'ipv4' | 'ipv6';
  readonly ip: string;
  readonly gateway: string;
  readonly network: string;
  readonly prefix: number;
  readonly poolId: string;
  readonly networkId: string;
  assignment: { containerId: string; instanceId: string; virtualMachineId: string | null } | null;
  stateChangedAt: number;
};

export type Domain = {
  readonly id: string;
  readonly zoneId: string;
  readonly fqdn: string;
  readonly containerId: string | null;
  readonly virtualMachineId: string | null;
  /** Set when the record is linked to that deployment of the container, whatever its version. */
  readonly deploymentTag: string | null;
  /** Set when the record is a plain A record instead of a linked one. */
  readonly address: string | null;
  readonly certificateId: string | null;
};

export type Certificate = {
  readonly id: string;
  readonly domains: string[];
  readonly privateKey: string;
  readonly generatedAt: number;
};

export type SdnNetwork = {
  readonly id: string;
  readonly name: string;
  readonly identifier: string;
  readonly subnet: string;
  readonly vxlanTag: number;
  readonly environmentIds: string[];
};

export type Integration = {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly identifier: string;
  readonly apiKey: string;
  readonly keyId: string;
  readonly region: string | null;
  readonly extra: Record<string, string>;
};

export type ScopedVariable = {
  readonly identifier: string;
  readonly value: string;
  /** How long after the caller's start the internal API serves it; null: always. */
  readonly durationMs: number | null;
};

export type Environment = {
  readonly id: string;
  readonly identifier: string;
  readonly name: string;
  /** Four hexadecimal digits of the private network. */
  readonly subnet: string;
  readonly vxlanTag: number;
  readonly createdAt: number;
};

export type SchedulerAccessKey = { readonly name: string; readonly secret: string; readonly ips: string[] };

export type VpnUser = {
  readonly name: string;
  readonly password: string;
  readonly role: 'admin' | 'operator' | 'viewer';
};

/** What an instance wrote: `message` as it came out of the program, with its line end and its escapes. */
export type OutputLine = { at: number; source: 'stdout' | 'stderr'; message: string };

export type Output = {
  /** Lines by hand, by instance id; the usual ones follow from the instance and the time. */
  readonly written: Map<string, OutputLine[]>;
  /** False: nothing is written of itself. */
  chatty: boolean;
  /** False: the platform aggregates no logs. */
  aggregated: boolean;
  /** Which lines remain where more match than are asked for: the reference does not say. */
  keeps: 'newest' | 'oldest';
};
