import type { NodeOf } from '@cyclorama/shared/topology.ts';

import type {
  CycleContainer,
  CycleDomain,
  CycleEnvironment,
  CycleHub,
  CycleInstance,
  CycleIp,
  CycleVirtualMachine,
} from '../../../upstream/cycle/types.ts';
import type { Snapshot } from '../sync/snapshot.ts';

/** Presenters name every field that leaves. Never spread: a new field could leak. */
export function presentHub({ id, name, state }: CycleHub): NodeOf<'hub'> {
  return { kind: 'hub', id, name, state };
}

export function presentEnvironment(it: CycleEnvironment): NodeOf<'environment'> {
  const { id, name, identifier, cluster, hubId, state } = it;
  return { kind: 'environment', id, name, identifier, cluster, hubId, state };
}

export function presentContainer(it: CycleContainer): NodeOf<'container'> {
  return {
    kind: 'container',
    id: it.id,
    name: it.name,
    identifier: it.identifier,
    environmentId: it.environmentId,
    state: it.state,
    service: it.service,
    isFunction: it.isFunction,
    isDisabled: it.isDisabled,
    desiredInstances: it.desiredInstances,
    strategy: it.strategy,
    publicNetwork: it.publicNetwork,
    deployment: it.deployment,
  };
}

/** Instances of a container share its hostname, so the end of the id distinguishes them: `api-c36c`. */
export function instanceName({ hostname, id }: Pick<CycleInstance, 'hostname' | 'id'>): string {
  return hostname === '' ? id : `${hostname}-${id.slice(-4)}`;
}

export function presentInstance(it: CycleInstance): NodeOf<'instance'> {
  return {
    kind: 'instance',
    id: it.id,
    name: instanceName(it),
    containerId: it.containerId,
    serverId: it.serverId,
    locationId: it.locationId,
    hostname: it.hostname,
    state: it.state,
    health: it.health,
    healthSince: it.healthSince,
    ...(it.healthAtLeast === true && { healthAtLeast: true }),
    ready: it.ready,
    readySince: it.readySince,
    ...(it.readyAtLeast === true && { readyAtLeast: true }),
    readyState: it.readyState,
    privateIp: it.privateIp,
    service: it.service,
    isFunction: it.isFunction,
    deployment: it.deployment,
    migratingTo: it.migratingTo,
    startedAt: it.startedAt,
  };
}

export function presentVirtualMachine(it: CycleVirtualMachine): NodeOf<'virtual-machine'> {
  const { id, name, identifier, environmentId, state } = it;
  return { kind: 'virtual-machine', id, name, identifier, environmentId, state };
}

export function presentNetwork(it: Snapshot['networks'][number]): NodeOf<'network'> {
  const { id, name, identifier, cidr, environmentIds, instanceIds, state } = it;
  return { kind: 'network', id, name, identifier, cidr, environmentIds, instanceIds, state };
}

export function presentIp(it: CycleIp): NodeOf<'ip'> {
  const { id, ip, family, instanceId, containerId, virtualMachineId, state } = it;
  return { kind: 'ip', id, name: ip, family, instanceId, containerId, virtualMachineId, state };
}

export function presentDomain(it: CycleDomain): NodeOf<'domain'> {
  const { id, fqdn, containerId, virtualMachineId, tls, record, state } = it;
  const { certificateExpires, certificateIssued, certificateIsOwn } = it;
  return {
    kind: 'domain',
    id,
    name: fqdn,
    containerId,
    virtualMachineId,
    tls,
    record,
    certificateExpires,
    certificateIssued,
    certificateIsOwn,
    state,
  };
}

type Placement = { servers: NodeOf<'server'>[]; locations: NodeOf<'location'>[] };

/**
 * The internal API describes only the dashboard's own server. The others are known by the ids on their instances, and a
 * location by its id and the provider's short name (`ewr`).
 */
export function presentPlacement(snapshot: Pick<Snapshot, 'server' | 'instances'>): Placement {
  const servers = new Map<string, NodeOf<'server'>>();
  const locations = new Map<string, NodeOf<'location'>>();
  const place = (locationId: string, provider: CycleInstance['provider']): void => {
    if (locationId === '' || locations.has(locationId)) return;
    const name = provider.location ?? locationId;
    locations.set(locationId, { kind: 'location', id: locationId, name, provider: provider.vendor });
  };
  const own = snapshot.server;
  if (own !== null) {
    place(own.locationId, own.provider);
    servers.set(own.id, presentOwnServer(own));
  }
  for (const { serverId, locationId, provider } of snapshot.instances.values()) {
    place(locationId, provider);
    if (serverId === '' || servers.has(serverId)) continue;
    servers.set(serverId, {
      kind: 'server',
      id: serverId,
      name: `${provider.location ?? 'server'}-${serverId.slice(-4)}`,
      locationId,
      provider: provider.vendor,
      isOwn: false,
      state: null,
    });
  }
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  return { servers: [...servers.values()].sort(byId), locations: [...locations.values()].sort(byId) };
}

function presentOwnServer(own: NonNullable<Snapshot['server']>): NodeOf<'server'> {
  return {
    kind: 'server',
    id: own.id,
    name: own.nickname ?? own.hostname,
    locationId: own.locationId,
    provider: own.provider.vendor,
    isOwn: true,
    state: own.state,
  };
}
