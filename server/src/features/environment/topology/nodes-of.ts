import type { NodeKind, TopologyNode } from '@cyclorama/shared/topology.ts';

import type { Resource, Snapshot } from '../sync/snapshot.ts';
import * as present from './presenter.ts';

/** How the nodes of a part are made; instances, and what they are placed on, are not a part's alone. */
export const BUILDERS: Partial<
  Record<Resource, { kind: NodeKind; build: (from: Snapshot) => TopologyNode[] }>
> = {
  environment: {
    kind: 'environment',
    build: ({ environment }) => (environment === null ? [] : [present.presentEnvironment(environment)]),
  },
  hub: { kind: 'hub', build: ({ hub }) => (hub === null ? [] : [present.presentHub(hub)]) },
  containers: {
    kind: 'container',
    build: ({ containers }) => [...containers.values()].map(present.presentContainer),
  },
  virtualMachines: {
    kind: 'virtual-machine',
    build: ({ virtualMachines }) => virtualMachines.map(present.presentVirtualMachine),
  },
  networks: { kind: 'network', build: ({ networks }) => networks.map(present.presentNetwork) },
  ips: { kind: 'ip', build: ({ ips }) => ips.map(present.presentIp) },
  domains: { kind: 'domain', build: ({ domains }) => domains.map(present.presentDomain) },
};

/** All nodes of the topology, as the page gets them one change at a time. */
export function nodesOf(snapshot: Snapshot): TopologyNode[] {
  const { servers, locations } = present.presentPlacement(snapshot);
  return [
    ...Object.values(BUILDERS).flatMap(({ build }) => build(snapshot)),
    ...locations,
    ...servers,
    ...[...snapshot.instances.values()].map(present.presentInstance),
  ];
}
