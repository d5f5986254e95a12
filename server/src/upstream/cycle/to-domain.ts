import type { Health, State } from '@cyclorama/shared/topology.ts';
import type { z } from 'zod';

import { redactUrls } from '../../lib/redact-url.ts';
import { toContainerSettings } from './to-container-settings.ts';
import { toEnvironmentSettings } from './to-environment-settings.ts';
import type {
  CycleContainer,
  CycleDomain,
  CycleEnvironment,
  CycleHub,
  CycleInstance,
  CycleIntegration,
  CycleIp,
  CycleNetwork,
  CycleNotification,
  CycleServer,
  CycleVirtualMachine,
  CycleVirtualMachineGateway,
} from './types.ts';
import { dataSizeBytes, durationSeconds, lifecycleTime } from './units.ts';
import type * as wire from './wire.ts';

/** The first visible one: a name may be empty, blank or made of invisible characters. */
export function firstVisible(...names: (string | null | undefined)[]): string {
  return names.find((name) => name != null && /[^\p{Z}\p{C}]/u.test(name)) ?? '';
}

/** Null where there is no error; a blank one is an error all the same. */
function reasonOf(message: string | null | undefined): string | null {
  return message == null ? null : firstVisible(message) || 'no reason given';
}

type WireState = { current: string; changed?: string | null; error?: { message?: string | null } | null };

export function toState({ current, changed, error }: WireState): State {
  return { current, changed: lifecycleTime(changed), error: reasonOf(error?.message) };
}

export function toEnvironment(it: z.output<typeof wire.environment>): CycleEnvironment {
  return {
    id: it.id,
    name: firstVisible(it.name, it.identifier, it.id),
    identifier: firstVisible(it.identifier, it.id),
    cluster: it.cluster ?? '',
    hubId: it.hub_id ?? '',
    state: toState(it.state),
    disabledServices: Object.entries(it.services ?? {}).flatMap(([name, service]) =>
      service?.enable === false ? [name] : [],
    ),
    settings: toEnvironmentSettings(it),
  };
}

export function toHub(it: z.output<typeof wire.hub>): CycleHub {
  return { id: it.id, name: firstVisible(it.name, it.id), state: toState(it.state) };
}

export function toContainer(it: z.output<typeof wire.container>, service?: string): CycleContainer {
  const { network, deploy, runtime, resources } = it.config ?? {};
  const shares = resources?.cpu?.shares;
  return {
    id: it.id,
    name: firstVisible(it.name, network?.hostname, it.identifier, it.id),
    identifier: firstVisible(it.identifier, it.id),
    environmentId: it.environment?.id ?? '',
    state: toState(it.state),
    service: it.image?.service ?? service ?? null,
    isFunction:
      deploy?.function != null || deploy?.strategy === 'function' || it.state.current === 'function',
    isDisabled: false,
    desiredInstances: it.instances ?? deploy?.instances ?? null,
    strategy: deploy?.strategy ?? null,
    publicNetwork: network?.public ?? null,
    hostname: network?.hostname ?? '',
    ports: network?.ports ?? [],
    deployment: it.deployment?.version ?? null,
    imageId: it.image?.id ?? null,
    stack: it.stack?.identifier ?? it.stack?.id ?? null,
    resources: {
      cpuSharesLimit: shares?.limit ?? null,
      cpuSharesReserve: shares?.reserve ?? null,
      ramLimitBytes: dataSizeBytes(resources?.ram?.limit),
      ramReserveBytes: dataSizeBytes(resources?.ram?.reserve),
    },
    environmentVariableNames: Object.keys(runtime?.environment_vars ?? {}).sort(),
    volumes: (it.volumes ?? []).map((volume) => ({
      id: volume.id,
      identifier: volume.config?.identifier ?? null,
      maxSize: volume.config?.local?.max_size ?? null,
    })),
    functionLimits: deploy?.function ? toFunctionLimits(deploy.function) : null,
    settings: it.config == null ? null : toContainerSettings(it.config),
    telemetry: {
      intervalSeconds: durationSeconds(deploy?.telemetry?.interval),
      disabled: deploy?.telemetry?.disable ?? false,
    },
    locked: it.lock ?? false,
    deprecated: it.deprecate ?? false,
    createdAt: lifecycleTime(it.events?.created),
    startedAt: lifecycleTime(it.events?.started),
  };
}

function toFunctionLimits(limits: {
  max_pool_size?: number | null;
  max_shard_concurrency?: number | null;
  max_runtime?: string | null;
  max_queue_time?: string | null;
}): CycleContainer['functionLimits'] {
  return {
    maxPoolSize: limits.max_pool_size ?? null,
    maxShardConcurrency: limits.max_shard_concurrency ?? null,
    maxRuntimeSeconds: durationSeconds(limits.max_runtime),
    maxQueueTimeSeconds: durationSeconds(limits.max_queue_time),
  };
}

/** No health object: no check is set up. `healthy` unset: the check has not answered yet, which is not unhealthy. */
function toHealth(health: { healthy?: boolean | null } | null | undefined): Health {
  if (health == null) return 'none';
  if (health.healthy == null) return 'unknown';
  return health.healthy ? 'healthy' : 'unhealthy';
}

/**
 * An instance's `events` hold no start; the start is the change into `running` (`InstanceEvents`, Cycle internal API
 * spec).
 */
function runningSince(state: { current: string; changed?: string | null }): string | null {
  return state.current === 'running' ? lifecycleTime(state.changed) : null;
}

export function toInstance(it: z.output<typeof wire.instance>, service?: string): CycleInstance {
  const migrating = it.migration != null && lifecycleTime(it.migration.completed) === null;
  return {
    id: it.id,
    containerId: it.container_id,
    environmentId: it.environment?.id ?? '',
    serverId: it.server_id ?? '',
    locationId: it.location_id ?? '',
    provider: { vendor: it.provider?.vendor ?? null, location: it.provider?.location ?? null },
    hostname: firstVisible(it.hostname),
    state: toState(it.state),
    health: toHealth(it.state.health),
    healthSince: lifecycleTime(it.state.health?.updated),
    ready: it.state.readiness?.ready ?? null,
    readySince: lifecycleTime(it.state.readiness?.updated),
    readyState: it.ready_state ?? 'unknown',
    privateIp: it.environment?.ipv6?.ip ?? it.environment?.legacy?.ipv4?.ip ?? null,
    macAddress: it.environment?.mac_addr ?? null,
    service: it.service ?? service ?? null,
    isFunction: it.function != null,
    deployment: it.deployment?.version ?? null,
    migratingTo: migrating ? (it.migration?.to?.server_id ?? null) : null,
    purgeAt: lifecycleTime(it.purge_time),
    createdAt: lifecycleTime(it.events?.created),
    startedAt: runningSince(it.state),
  };
}

export function toServer(it: z.output<typeof wire.server>): CycleServer {
  return {
    id: it.id,
    hostname: firstVisible(it.hostname, it.id),
    nickname: firstVisible(it.nickname) || null,
    locationId: it.location_id ?? '',
    provider: { vendor: it.provider?.vendor ?? null, location: it.provider?.location ?? null },
    memoryBytes: kilobytes(it.meta?.node?.stats?.ram?.total),
    state: toState(it.state),
  };
}

export function kilobytes(count: number | null | undefined): number | null {
  return count == null ? null : count * 1024;
}

export function toIp(it: z.output<typeof wire.ip>): CycleIp {
  return {
    id: it.id,
    ip: it.ip,
    family: it.kind === 'ipv6' || it.ip.includes(':') ? 'ipv6' : 'ipv4',
    instanceId: it.assignment?.instance_id ?? null,
    containerId: it.assignment?.container_id ?? null,
    virtualMachineId: it.assignment?.virtual_machine?.id ?? null,
    environmentId: it.assignment?.environment_id ?? null,
    state: toState(it.state),
  };
}

export function toVirtualMachine(it: z.output<typeof wire.virtualMachine>): CycleVirtualMachine {
  return {
    id: it.id,
    name: firstVisible(it.name, it.identifier, it.id),
    identifier: firstVisible(it.identifier, it.id),
    environmentId: it.environment?.id ?? '',
    containerId: it.container_id ?? null,
    state: toState(it.state),
  };
}

export function toGateway(it: z.output<typeof wire.gateway>): CycleVirtualMachineGateway {
  const ips = (it.ips ?? []).flatMap((each) => (each.public_ip == null ? [] : [each.public_ip]));
  return { gatewayInstanceId: it.gateway_instance_id, publicIps: ips };
}

export function toNetwork(it: z.output<typeof wire.sdnNetwork>): CycleNetwork {
  return {
    id: it.id,
    name: firstVisible(it.name, it.identifier, it.id),
    identifier: firstVisible(it.identifier, it.id),
    cidr: it.private_network?.ipv6?.cidr ?? null,
    environmentIds: (it.environments ?? []).map((each) => each.id),
    state: toState(it.state),
  };
}

/** `owner`: whose domains were requested; the record names its owner only where it is linked. */
export function toDomain(
  it: z.output<typeof wire.domain>,
  owner: { containerId?: string; virtualMachineId?: string },
): CycleDomain {
  const certificate = it.record?.features?.certificate;
  return {
    id: it.record?.id ?? it.fqdn,
    fqdn: it.fqdn,
    containerId: owner.containerId ?? null,
    virtualMachineId: owner.virtualMachineId ?? null,
    tls: it.record?.type?.linked?.features?.tls?.enable ?? false,
    record: dnsRecordOf(it.record?.type),
    certificateExpires: lifecycleTime(certificate?.expires),
    certificateIssued: lifecycleTime(certificate?.generated),
    certificateIsOwn: certificate == null ? null : (certificate.user_supplied ?? false),
    state: it.record?.state ? toState(it.record.state) : null,
  };
}

/** A record is an object under the name of its type: `{"mx": {"priority": 10, "domain": "mail.example"}}`. */
function dnsRecordOf(type: Record<string, unknown> | null | undefined): CycleDomain['record'] {
  const [name, value] = Object.entries(type ?? {}).find(([, it]) => it != null) ?? [];
  if (name === undefined) return null;
  if (name === 'linked' || typeof value !== 'object' || value === null) return { type: name, value: null };
  const parts = Object.values(value).filter((part) => typeof part === 'string' || typeof part === 'number');
  return { type: name, value: redactUrls(parts.join(' ')) };
}

export function toIntegration(it: z.output<typeof wire.integration>): CycleIntegration {
  return {
    id: it.id,
    name: it.name ?? '',
    vendor: it.vendor ?? '',
    identifier: it.identifier ?? '',
    state: toState(it.state),
    credentialNames: Object.entries(it.auth ?? {}).flatMap(([name, value]) =>
      value === null || value === '' ? [] : [name],
    ),
  };
}

export function toNotification(it: z.output<typeof wire.notification>): CycleNotification {
  return {
    topic: it.topic,
    objectId: it.object?.id ?? '',
    state: it.object?.state ?? null,
    environmentIds: it.context?.environments ?? [],
    containerIds: it.context?.containers ?? [],
  };
}
