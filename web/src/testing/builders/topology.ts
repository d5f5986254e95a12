import type { NodeOf, State, Topology, TopologyNode } from '@cyclorama/shared/topology.ts';

import { live } from './common.ts';

export const inState = (current: string): State => ({ current, changed: null, error: null });
export const failed = { state: inState('failed'), health: 'none' } as const;

export const topologyOf = (nodes: TopologyNode[], over: Partial<Topology> = {}): Topology => ({
  epoch: 'e',
  revision: 1,
  freshness: live,
  nodes,
  ...over,
});

export const container = (id: string, over: Partial<NodeOf<'container'>> = {}): NodeOf<'container'> => ({
  kind: 'container',
  id,
  name: id,
  identifier: id,
  environmentId: 'env',
  state: inState('running'),
  service: null,
  isFunction: false,
  isDisabled: false,
  desiredInstances: null,
  strategy: null,
  publicNetwork: null,
  deployment: null,
  ...over,
});

export const instance = (
  id: string,
  containerId: string,
  over: Partial<NodeOf<'instance'>> = {},
): NodeOf<'instance'> => ({
  kind: 'instance',
  id,
  name: id,
  containerId,
  serverId: 's1',
  locationId: 'ams',
  hostname: `${id}.host`,
  state: inState('running'),
  health: 'healthy',
  healthSince: null,
  ready: true,
  readySince: null,
  readyState: 'active',
  privateIp: '10.0.0.7',
  service: null,
  isFunction: false,
  deployment: null,
  migratingTo: null,
  startedAt: null,
  ...over,
});

export const location = (id: string, name = id): NodeOf<'location'> => ({
  kind: 'location',
  id,
  name,
  provider: null,
});

export const server = (
  id: string,
  locationId: string,
  over: Partial<NodeOf<'server'>> = {},
): NodeOf<'server'> => ({
  kind: 'server',
  id,
  name: id,
  locationId,
  provider: null,
  isOwn: false,
  state: null,
  ...over,
});

const hub: NodeOf<'hub'> = { kind: 'hub', id: 'hub', name: 'Hub', state: inState('live') };
export const environment: NodeOf<'environment'> = {
  kind: 'environment',
  id: 'env',
  name: 'Lab',
  identifier: 'lab',
  cluster: 'production',
  hubId: 'hub',
  state: inState('live'),
};
export const domain = (name: string, containerId: string, id = name): NodeOf<'domain'> => ({
  kind: 'domain',
  id,
  name,
  containerId,
  virtualMachineId: null,
  tls: true,
  record: { type: 'linked', value: null },
  certificateExpires: null,
  certificateIssued: null,
  certificateIsOwn: null,
  state: null,
});

export const smallTopology: TopologyNode[] = [
  hub,
  environment,
  container('web'),
  container('fn', { isFunction: true }),
  container('vpn', { service: 'vpn' }),
  instance('web-10', 'web', { serverId: 's2', locationId: 'osa' }),
  instance('web-2', 'web', failed),
  instance('fn-1', 'fn', { isFunction: true, state: inState('stopped'), health: 'none' }),
  instance('vpn-1', 'vpn', { service: 'vpn' }),
  location('ams', 'Amsterdam'),
  location('osa', 'Osaka'),
  server('s1', 'ams', { name: 'server-1', isOwn: true, state: inState('online') }),
  server('s2', 'osa', { name: 'server-2' }),
  domain('lab.example', 'web', 'dom'),
];
