import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { shownSince } from '@cyclorama/shared/rules/well-being.ts';
import type { Health } from '@cyclorama/shared/topology.ts';

import { parseTime } from '../../../lib/time.ts';
import { formatDuration } from '../../../lib/units.ts';
import { visualOf } from '../../../ui/state-visual.ts';
import type { Graph, GraphKind, GraphNode } from './graph/build.ts';
import type { Neighbour, Relation } from './graph/edges.ts';
import { matchesText } from './graph/filter.ts';
import type { Filter } from './graph/filter.ts';
import { sortByName } from './graph/group.ts';
import type { TopologySearch } from './search.ts';

export const kindLabels: Record<GraphKind, string> = {
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
  robot: 'Robot',
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
    kinds: new Set(readList(search.kind, Object.keys(kindLabels) as GraphKind[])),
    states: new Set(readList(search.state)),
    health: new Set(readList(search.health, Object.keys(healthLabels) as Health[])),
    problemsOnly: search.problems === 'only',
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
    const { visual: was } = old;
    const { visual: is } = node;
    // Not the label: a container's counts its instances.
    if (was?.shape !== is?.shape || was?.tone !== is?.tone || old.state !== node.state) changed.add(node.id);
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

/** Told after each step by keyboard: "api-c36c, instance of API, unhealthy for 2 min, 3 of 12". */
export function announceNode(
  graph: Graph,
  node: GraphNode,
  { position, now }: { position: { at: number; of: number } | null; now: number },
): string {
  const kind = kindLabels[node.kind].toLowerCase();
  const home = node.kind === 'instance' ? graph.byId.get(node.containerId ?? '') : undefined;
  const parts = [isolated(node.name), home === undefined ? kind : `${kind} of ${isolated(home.name)}`];
  if (node.visual !== null) {
    const since = parseTime(sinceOf(node));
    const lasting = since === null ? '' : ` for ${formatDuration(Math.max(0, now - since))}`;
    parts.push(`${node.visual.label.charAt(0).toLowerCase()}${node.visual.label.slice(1)}${lasting}`);
  }
  if (position !== null) parts.push(`${position.at} of ${position.of}`);
  return parts.join(', ');
}

/** When it began to be as it is shown. */
function sinceOf({ source, visual }: GraphNode): string | null {
  if (!('state' in source) || source.state === null) return null;
  // A container shows its worst instance, whose time is told where that is selected.
  if (source.kind === 'container' && visual?.label !== visualOf(source.state.current).label) return null;
  return source.kind === 'instance' ? shownSince(source) : source.state.changed;
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
