import type { Health } from '@cyclorama/shared/topology.ts';

import type { Graph, GraphKind, GraphNode } from './build.ts';
import { edgesFrom } from './edges.ts';

export type Filter = {
  text: string;
  kinds: ReadonlySet<GraphKind>;
  states: ReadonlySet<string>;
  health: ReadonlySet<Health>;
  /** Only what needs or will need a person. */
  problemsOnly: boolean;
};

export const noFilter: Filter = {
  text: '',
  kinds: new Set(),
  states: new Set(),
  health: new Set(),
  problemsOnly: false,
};

export type Filtered = {
  matches: Pick<ReadonlySet<string>, 'has' | 'size'>;
  /** Matches and their ancestors (container, server, location), in the graph's order. */
  nodes: readonly GraphNode[];
};

/** Keeps the ancestors of matches, so that each match still has its frame. */
export function filterGraph(graph: Graph, filter: Filter): Filtered {
  if (isEmpty(filter)) return { matches: graph.byId, nodes: graph.nodes };
  const matches = new Set<string>();
  for (const node of graph.nodes) if (passes(node, filter)) matches.add(node.id);
  const kept = new Set(matches);
  for (const id of matches) keepAncestors(graph, id, kept);
  return { matches, nodes: graph.nodes.filter((node) => kept.has(node.id)) };
}

export function matchesText(node: GraphNode, text: string): boolean {
  const haystack = searchText(node);
  return text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

const texts = new WeakMap<GraphNode, string>();

/** Computed on the first search: most topologies are never searched. */
function searchText(node: GraphNode): string {
  const known = texts.get(node);
  if (known !== undefined) return known;
  const { source } = node;
  const words = [source.name, source.id];
  if ('identifier' in source) words.push(source.identifier);
  if (source.kind === 'instance') words.push(source.hostname, source.privateIp ?? '');
  if (source.kind === 'network') words.push(source.cidr ?? '');
  const text = words.join(' ').toLowerCase();
  texts.set(node, text);
  return text;
}

function isEmpty({ text, kinds, states, health, problemsOnly }: Filter): boolean {
  return text === '' && !problemsOnly && kinds.size + states.size + health.size === 0;
}

export function isProblem({ visual }: Pick<GraphNode, 'visual'>): boolean {
  return visual?.tone === 'danger' || visual?.tone === 'warning';
}

function passes(node: GraphNode, filter: Filter): boolean {
  if (filter.problemsOnly && !isProblem(node)) return false;
  if (filter.kinds.size > 0 && !filter.kinds.has(node.kind)) return false;
  if (filter.states.size > 0 && (node.state === null || !filter.states.has(node.state))) return false;
  if (filter.health.size > 0 && (node.health === null || !filter.health.has(node.health))) return false;
  return filter.text === '' || matchesText(node, filter.text);
}

function keepAncestors(graph: Graph, id: string, kept: Set<string>): void {
  const node = graph.byId.get(id);
  if (node === undefined) return;
  for (const { to, relation } of edgesFrom(node.source)) {
    if (relation !== 'part of' && relation !== 'runs on' && relation !== 'located in') continue;
    if (kept.has(to)) continue;
    kept.add(to);
    keepAncestors(graph, to, kept);
  }
}
