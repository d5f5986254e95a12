import type { NodeOf, TopologyNode } from '@cyclorama/shared/topology.ts';

import { matchesText } from '../lib/text-filter.ts';

type Target = NodeOf<'container'> | NodeOf<'instance'>;

const isTarget = (node: TopologyNode): node is Target =>
  node.kind === 'container' || node.kind === 'instance';

/**
 * Every word must occur in name, identifier, hostname, address or id; names that begin with it first; empty without
 * text.
 */
export function findTargets(nodes: readonly TopologyNode[], text: string, limit: number): Target[] {
  const query = text.trim().toLowerCase();
  if (query === '') return [];
  const begins: Target[] = [];
  const others: Target[] = [];
  for (const node of nodes) {
    if (!isTarget(node)) continue;
    const more = node.kind === 'container' ? [node.identifier] : [node.hostname, node.privateIp];
    if (!matchesText(query, [node.name, node.id, ...more])) continue;
    const list = node.name.toLowerCase().startsWith(query) ? begins : others;
    if (list.length < limit) list.push(node);
    if (begins.length >= limit) break;
  }
  return [...begins, ...others].slice(0, limit);
}
