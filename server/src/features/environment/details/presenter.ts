import type { Freshness } from '@cyclorama/shared/common.ts';
import type { ContainerDetail, InstanceDetail, Task } from '@cyclorama/shared/environment.ts';

import type { CycleInstance } from '../../../upstream/cycle/types.ts';
import type { Snapshot } from '../sync/snapshot.ts';
import * as present from '../topology/presenter.ts';

/** Variables leave by name only: their values may be secrets. */
export function presentContainerDetail(
  snapshot: Snapshot,
  id: string,
  freshness: Freshness,
): ContainerDetail | null {
  const it = snapshot.containers.get(id);
  if (it === undefined) return null;
  const instances = [...snapshot.instances.values()].filter((each) => each.containerId === id);
  return {
    freshness,
    container: present.presentContainer(it),
    instances: instances.map(present.presentInstance),
    image: { id: it.imageId, service: it.service },
    stack: it.stack,
    network: { public: it.publicNetwork ?? 'unknown', hostname: it.hostname, ports: [...it.ports] },
    resources: {
      cpuSharesLimit: it.resources.cpuSharesLimit,
      cpuSharesReserve: it.resources.cpuSharesReserve,
      ramLimitBytes: it.resources.ramLimitBytes,
      ramReserveBytes: it.resources.ramReserveBytes,
    },
    environmentVariableNames: [...it.environmentVariableNames],
    volumes: it.volumes.map(({ id: volumeId, identifier, maxSize }) => ({
      id: volumeId,
      identifier,
      maxSize,
    })),
    functionLimits: presentFunctionLimits(it.functionLimits),
    telemetry: { intervalSeconds: it.telemetry.intervalSeconds, disabled: it.telemetry.disabled },
    domains: snapshot.domains.filter((domain) => domain.containerId === id).map(present.presentDomain),
    locked: it.locked,
    deprecated: it.deprecated,
    createdAt: it.createdAt,
    startedAt: it.startedAt,
  };
}

function presentFunctionLimits(limits: ContainerDetail['functionLimits']): ContainerDetail['functionLimits'] {
  if (limits === null) return null;
  const { maxPoolSize, maxShardConcurrency, maxRuntimeSeconds, maxQueueTimeSeconds } = limits;
  return { maxPoolSize, maxShardConcurrency, maxRuntimeSeconds, maxQueueTimeSeconds };
}

/**
 * Identified by CYCLE_INSTANCE_ID where Cycle set it, else by the container where that has one instance only; undefined
 * where it can't be known.
 */
export function isOwnInstance(
  snapshot: Snapshot,
  it: CycleInstance,
  ownInstanceId: string | null,
): boolean | undefined {
  if (ownInstanceId !== null) return it.id === ownInstanceId;
  if (snapshot.ownContainerId === null) return undefined;
  if (it.containerId !== snapshot.ownContainerId) return false;
  let siblings = 0;
  for (const { containerId } of snapshot.instances.values())
    if (containerId === it.containerId) siblings += 1;
  return siblings === 1 ? true : undefined;
}

export function presentInstanceDetail(
  snapshot: Snapshot,
  id: string,
  freshness: Freshness,
  { task, restarts }: { task: Task | null; restarts: number },
  ownInstanceId: string | null,
): InstanceDetail | null {
  const it = snapshot.instances.get(id);
  if (it === undefined) return null;
  const container = snapshot.containers.get(it.containerId);
  const { servers } = present.presentPlacement(snapshot);
  const own = isOwnInstance(snapshot, it, ownInstanceId);
  return {
    freshness,
    instance: present.presentInstance(it),
    ...(own === undefined ? {} : { isOwn: own }),
    container: container === undefined ? null : present.presentContainer(container),
    server: servers.find((server) => server.id === it.serverId) ?? null,
    ips: snapshot.ips.filter((ip) => ip.instanceId === id).map(present.presentIp),
    networks: snapshot.networks
      .filter((network) => network.environmentIds.includes(it.environmentId))
      .map(({ id: networkId, name, identifier, cidr }) => ({ id: networkId, name, identifier, cidr })),
    macAddress: it.macAddress,
    purgeAt: it.purgeAt,
    createdAt: it.createdAt,
    restartsInDay: restarts,
    task,
  };
}
