import type { Health, NodeKind, Topology, TopologyNode } from '@cyclorama/shared/topology.ts';

import { visualOf } from '../../../../ui/state-visual.ts';
import type { StateVisual } from '../../../../ui/state-visual.ts';

export type Part = 'plain' | 'service' | 'function';

export type GraphNode = {
  id: string;
  name: string;
  kind: NodeKind;
  part: Part;
  containerId: string | null;
  serverId: string | null;
  locationId: string | null;
  /** The upstream's state; null for kinds without one (locations, servers other than our own). */
  state: string | null;
  health: Health | null;
  visual: StateVisual | null;
  source: TopologyNode;
};

export type Graph = {
  nodes: readonly GraphNode[];
  byId: ReadonlyMap<string, GraphNode>;
  /** Increases when a node is added, removed, renamed or moved; unchanged when only states change. */
  structure: number;
};

export const emptyGraph: Graph = { nodes: [], byId: new Map(), structure: 0 };

/** Reuses the nodes of `previous` whose source object is unchanged, so an update costs only what it changes. */
export function buildGraph(topology: Pick<Topology, 'nodes'>, previous: Graph = emptyGraph): Graph {
  const nodes: GraphNode[] = [];
  const byId = new Map<string, GraphNode>();
  let moved = topology.nodes.length !== previous.nodes.length;
  for (const source of topology.nodes) {
    const before = previous.byId.get(source.id);
    const node = before?.source === source ? before : toGraphNode(source);
    if (before === undefined || (before !== node && !samePlace(before, node))) moved = true;
    nodes.push(node);
    byId.set(node.id, node);
  }
  return { nodes, byId, structure: previous.structure + (moved ? 1 : 0) };
}

function samePlace(a: GraphNode, b: GraphNode): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.part === b.part &&
    a.containerId === b.containerId &&
    a.serverId === b.serverId &&
    a.locationId === b.locationId
  );
}

function toGraphNode(source: TopologyNode): GraphNode {
  const state = 'state' in source && source.state !== null ? source.state.current : null;
  const health = source.kind === 'instance' ? source.health : null;
  return {
    id: source.id,
    name: source.name === '' ? source.id : source.name,
    kind: source.kind,
    part: partOf(source),
    containerId: 'containerId' in source ? source.containerId : null,
    serverId: source.kind === 'instance' ? source.serverId : null,
    locationId: source.kind === 'instance' || source.kind === 'server' ? source.locationId : null,
    state,
    health,
    visual: state === null ? null : lookUp(state, health),
    source,
  };
}

function partOf(source: TopologyNode): Part {
  if (source.kind !== 'container' && source.kind !== 'instance') return 'plain';
  if (source.service !== null) return 'service';
  return source.isFunction ? 'function' : 'plain';
}

const visuals = new Map<string, Map<Health | null, StateVisual>>();

/** Cached by state and health: few combinations, thousands of nodes. */
function lookUp(state: string, health: Health | null): StateVisual {
  let ofState = visuals.get(state);
  if (ofState === undefined) {
    ofState = new Map();
    visuals.set(state, ofState);
  }
  let visual = ofState.get(health);
  if (visual === undefined) {
    visual = visualOf(state, health ?? undefined);
    ofState.set(health, visual);
  }
  return visual;
}
