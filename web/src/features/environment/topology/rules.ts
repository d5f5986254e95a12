import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import type { Health, NodeKind } from '@cyclorama/shared/topology.ts';

import type { Graph, GraphNode } from './graph/build.ts';
import type { Neighbour, Relation } from './graph/edges.ts';
import { matchesText } from './graph/filter.ts';
import type { Filter } from './graph/filter.ts';
import { sortByName } from './graph/group.ts';
import type { TopologySearch } from './search.ts';

export const kindLabels: Record<NodeKind, string> = {
  hub: 'Hub',
  environment: 'Environment',
  container: 'Container',
  instance: 'Instance',
  server: 'Server',
  location: 'Location',
  'virtual-machine': 'Virtual machine',
  network: 'Network',
  ip: 'IP address',
  domain: 'Domain',
};

export const healthLabels: Record<Health, string> = {
  healthy: 'Healthy',
  unhealthy: 'Unhealthy',
  unknown: 'Not checked yet',
  none: 'No health check',
};

/** Splits a comma-separated URL value; unknown values are dropped. */
export function readList<T extends string>(value: string | undefined, allowed?: readonly T[]): T[] {
  const items = (value ?? '').split(',').filter((item) => item !== '');
  // Without a list of allowed values T is string.
  return items.filter((item) => allowed === undefined || allowed.includes(item as T)) as T[];
}

/** Undefined for an empty list, which removes the parameter. */
export function writeList(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(',');
}

/** Text search is not part of it: it only dims. */
export function filterOf(search: TopologySearch): Filter {
  return {
    text: '',
    kinds: new Set(readList(search.kind, Object.keys(kindLabels) as NodeKind[])),
    states: new Set(readList(search.state)),
    health: new Set(readList(search.health, Object.keys(healthLabels) as Health[])),
  };
}

export function findNodes(nodes: readonly GraphNode[], text: string | undefined): GraphNode[] | null {
  const wanted = text?.trim() ?? '';
  return wanted === '' ? null : nodes.filter((node) => matchesText(node, wanted));
}

export function stepThrough(
  ids: readonly string[],
  current: string | undefined,
  step: 1 | -1,
): string | null {
  if (ids.length === 0) return null;
  const at = current === undefined ? -1 : ids.indexOf(current);
  const next = at === -1 ? (step === 1 ? 0 : ids.length - 1) : (at + step + ids.length) % ids.length;
  return ids[next] ?? null;
}

/** Ids in both graphs whose visual differs. */
export function changedNodes(before: Graph, after: Graph): Set<string> {
  const changed = new Set<string>();
  for (const node of after.nodes) {
    const old = before.byId.get(node.id);
    if (old === undefined || old === node) continue;
    if (old.visual?.label !== node.visual?.label) changed.add(node.id);
  }
  return changed;
}

/** Shown under the pointer and read by screen readers. */
export function describeNode(graph: Graph, node: GraphNode): string {
  const parts = [node.name, kindLabels[node.kind].toLowerCase()];
  if (node.part === 'service') parts.push('service');
  if (node.part === 'function') parts.push('function pool');
  if (node.visual !== null) parts.push(node.visual.label);
  const server = node.serverId === null ? undefined : graph.byId.get(node.serverId);
  if (server !== undefined) parts.push(`on ${isolated(server.name)}`);
  return parts.join(' · ');
}

const titles: Record<Relation, { outgoing: string; incoming: string }> = {
  'part of': { outgoing: 'Part of', incoming: 'Contains' },
  'runs on': { outgoing: 'Runs on', incoming: 'Runs here' },
  'located in': { outgoing: 'Located in', incoming: 'Located here' },
  'joined by': { outgoing: 'Joined by', incoming: 'Networks' },
  'leads to': { outgoing: 'Leads to', incoming: 'Addresses and domains' },
  'migrates to': { outgoing: 'Migrates to', incoming: 'Migrating here' },
};

export function groupNeighbours(neighbours: readonly Neighbour[]): { title: string; nodes: GraphNode[] }[] {
  const groups = new Map<string, GraphNode[]>();
  for (const { node, relation, outgoing } of neighbours) {
    const title = titles[relation][outgoing ? 'outgoing' : 'incoming'];
    const group = groups.get(title);
    if (group === undefined) groups.set(title, [node]);
    else group.push(node);
  }
  const urgency = (node: GraphNode) => ['danger', 'warning'].indexOf(node.visual?.tone ?? '') >>> 0;
  return Array.from(groups, ([title, nodes]) => ({
    title,
    nodes: sortByName(nodes).sort((a, b) => urgency(a) - urgency(b)),
  }));
}
