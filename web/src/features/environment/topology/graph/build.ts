import type { Health, NodeKind, NodeOf, Topology, TopologyNode } from '@cyclorama/shared/topology.ts';

import type { StateVisual } from '../../../../ui/state-visual.ts';
import { robotVisuals } from './robots.ts';
import type { RobotSource } from './robots.ts';
import { cachedVisual, containerVisual, instanceVisual } from './visuals.ts';

export type Part = 'plain' | 'service' | 'function';

export type GraphKind = NodeKind | RobotSource['kind'];
export type GraphSource = TopologyNode | RobotSource;

export type GraphNode = {
  id: string;
  name: string;
  kind: GraphKind;
  part: Part;
  /** Of a container that lets traffic in: load balancer, gateway, VPN. */
  isEntrance: boolean;
  containerId: string | null;
  serverId: string | null;
  locationId: string | null;
  /** The upstream's state; null for kinds without one (locations, servers other than our own). */
  state: string | null;
  health: Health | null;
  visual: StateVisual | null;
  source: GraphSource;
};

export type Graph = {
  nodes: readonly GraphNode[];
  byId: ReadonlyMap<string, GraphNode>;
  /** Increases when a node is added, removed, renamed or moved; unchanged when only states change. */
  structure: number;
};

export const emptyGraph: Graph = { nodes: [], byId: new Map(), structure: 0 };

/** Reuses the nodes of `previous` whose source object is unchanged, so an update costs only what it changes. */
export function buildGraph(
  topology: Pick<Topology, 'nodes'>,
  previous: Graph = emptyGraph,
  robots: readonly RobotSource[] = [],
): Graph {
  const nodes: GraphNode[] = [];
  const byId = new Map<string, GraphNode>();
  let moved = topology.nodes.length + robots.length !== previous.nodes.length;
  const instances = instancesByContainer(topology.nodes);
  const add = (source: GraphSource): void => {
    const before = previous.byId.get(source.id);
    let node = before?.source === source ? before : toGraphNode(source);
    if (source.kind === 'container')
      node = withVisual(node, containerVisual(source, instances.get(source.id) ?? []));
    if (before === undefined || (before !== node && !samePlace(before, node))) moved = true;
    nodes.push(node);
    byId.set(node.id, node);
  };
  for (const source of topology.nodes) add(source);
  for (const robot of robots) add(robot);
  return { nodes, byId, structure: previous.structure + (moved ? 1 : 0) };
}

function instancesByContainer(nodes: readonly TopologyNode[]): Map<string, NodeOf<'instance'>[]> {
  const groups = new Map<string, NodeOf<'instance'>[]>();
  for (const node of nodes) {
    if (node.kind !== 'instance') continue;
    const group = groups.get(node.containerId);
    if (group === undefined) groups.set(node.containerId, [node]);
    else group.push(node);
  }
  return groups;
}

/** The same node while it looks the same. */
function withVisual(node: GraphNode, visual: StateVisual): GraphNode {
  const { visual: old } = node;
  const isSame = old?.shape === visual.shape && old.tone === visual.tone && old.label === visual.label;
  return isSame ? node : { ...node, visual };
}

function samePlace(a: GraphNode, b: GraphNode): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.part === b.part &&
    a.isEntrance === b.isEntrance &&
    a.containerId === b.containerId &&
    a.serverId === b.serverId &&
    a.locationId === b.locationId
  );
}

const entrances = ['loadbalancer', 'gateway', 'vpn'];

function toGraphNode(source: GraphSource): GraphNode {
  const state = stateOf(source);
  const health = source.kind === 'instance' ? source.health : null;
  return {
    id: source.id,
    name: source.name === '' ? source.id : source.name,
    kind: source.kind,
    part: partOf(source),
    isEntrance: source.kind === 'container' && entrances.includes(source.service ?? ''),
    containerId: 'containerId' in source ? source.containerId : null,
    serverId: source.kind === 'instance' ? source.serverId : null,
    locationId: source.kind === 'instance' || source.kind === 'server' ? source.locationId : null,
    state,
    health,
    visual: visualFor(source, state, health),
    source,
  };
}

function stateOf(source: GraphSource): string | null {
  if (source.kind === 'robot') return source.use;
  return 'state' in source && source.state !== null ? source.state.current : null;
}

function visualFor(source: GraphSource, state: string | null, health: Health | null): StateVisual | null {
  if (source.kind === 'robot') return robotVisuals[source.use];
  if (source.kind === 'instance') return instanceVisual(source);
  return state === null ? null : cachedVisual(state, health);
}

function partOf(source: GraphSource): Part {
  if (source.kind !== 'container' && source.kind !== 'instance') return 'plain';
  if (source.service !== null) return 'service';
  return source.isFunction ? 'function' : 'plain';
}
