import type { NodeOf, TopologyNode } from '@cyclorama/shared/topology.ts';

import type { TopologyIndex } from '../../../api/topology-index.ts';
import { matchesText } from '../../../lib/text-filter.ts';

/** What a name or an address leads to; null: nothing. */
export type AddressRow<Node> = { node: Node; user: TopologyNode | null };

type Using = Pick<NodeOf<'ip'>, 'containerId' | 'virtualMachineId'> & { instanceId?: string | null };

export const FAMILY = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

/** The nearest: an instance rather than its container. */
export function userOf(
  index: TopologyIndex,
  { instanceId, containerId, virtualMachineId }: Using,
): TopologyNode | null {
  return (
    index.get('instance', instanceId) ??
    index.get('virtual-machine', virtualMachineId) ??
    index.get('container', containerId) ??
    null
  );
}

export function domainRows(index: TopologyIndex): AddressRow<NodeOf<'domain'>>[] {
  return index.byKind('domain').map((node) => ({ node, user: userOf(index, node) }));
}

export function ipRows(index: TopologyIndex): AddressRow<NodeOf<'ip'>>[] {
  return index.byKind('ip').map((node) => ({ node, user: userOf(index, node) }));
}

export function filterRows<Node extends TopologyNode>(
  rows: readonly AddressRow<Node>[],
  q: string | undefined,
): AddressRow<Node>[] {
  return rows.filter(({ node, user }) =>
    matchesText(q, [node.name, node.id, user?.name ?? null, user?.id ?? null]),
  );
}
