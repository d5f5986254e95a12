import type { NodeOf, TopologyNode } from '@cyclorama/shared/topology.ts';

const state = (current: string) => ({ current, changed: null, error: null });

/** A container for tests. */
export function container(id: string, over: Partial<NodeOf<'container'>> = {}): NodeOf<'container'> {
  return {
    kind: 'container',
    id,
    name: id,
    identifier: id,
    environmentId: 'env',
    state: state('running'),
    service: null,
    isFunction: false,
    desiredInstances: null,
    strategy: null,
    publicNetwork: null,
    deployment: null,
    ...over,
  };
}

/** An instance for tests: healthy and running on server `s1` in `ams`, unless told otherwise. */
export function instance(
  id: string,
  containerId: string,
  over: Partial<NodeOf<'instance'>> = {},
): NodeOf<'instance'> {
  return {
    kind: 'instance',
    id,
    name: id,
    containerId,
    serverId: 's1',
    locationId: 'ams',
    hostname: `${id}.host`,
    state: state('running'),
    health: 'healthy',
    ready: true,
    readyState: 'active',
    privateIp: '10.0.0.7',
    service: null,
    isFunction: false,
    deployment: null,
    migratingTo: null,
    startedAt: null,
    ...over,
  };
}

export const failed = { state: state('failed'), health: 'none' } as const;

/** One of everything: a service, a container and a function pool with instances on two servers in two locations. */
export const smallTopology: TopologyNode[] = [
  { kind: 'hub', id: 'hub', name: 'Hub', state: state('live') },
  {
    kind: 'environment',
    id: 'env',
    name: 'Lab',
    identifier: 'lab',
    cluster: 'production',
    hubId: 'hub',
    state: state('live'),
  },
  container('web'),
  container('fn', { isFunction: true }),
  container('vpn', { service: 'vpn' }),
  instance('web-10', 'web', { serverId: 's2', locationId: 'osa' }),
  instance('web-2', 'web', failed),
  instance('fn-1', 'fn', { isFunction: true, state: state('stopped'), health: 'none' }),
  instance('vpn-1', 'vpn', { service: 'vpn' }),
  { kind: 'location', id: 'ams', name: 'Amsterdam', provider: null },
  { kind: 'location', id: 'osa', name: 'Osaka', provider: null },
  {
    kind: 'server',
    id: 's1',
    name: 'server-1',
    locationId: 'ams',
    provider: null,
    isOwn: true,
    state: state('online'),
  },
  {
    kind: 'server',
    id: 's2',
    name: 'server-2',
    locationId: 'osa',
    provider: null,
    isOwn: false,
    state: null,
  },
  {
    kind: 'domain',
    id: 'dom',
    name: 'lab.example',
    containerId: 'web',
    virtualMachineId: null,
    tls: true,
    certificateExpires: null,
    state: null,
  },
];
