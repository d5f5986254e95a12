import type { TopologyNode } from '@cyclorama/shared/topology.ts';

import type { Graph, GraphNode } from './build.ts';

/** A line of the picture, from left to right. */
export type Flow = {
  from: string;
  to: string;
  /** The container behind the load balancer that the line is for. */
  behind?: string;
};

/**
 * How a request goes through the environment: a domain or address to the load balancer and on to its container, a
 * container to the servers and networks its instances are on. Each line once.
 */
export function flowsOf(graph: Graph): Flow[] {
  const flows = new Map<string, Flow>();
  const add = (from: string | null, to: string | null, behind?: string): void => {
    if (from === null || to === null || from === to || !graph.byId.has(from) || !graph.byId.has(to)) return;
    const flow = behind === undefined ? { from, to } : { from, to, behind };
    flows.set(`${from} ${to} ${behind ?? ''}`, flow);
  };
  const balancer = graph.nodes.find(isBalancer)?.id ?? null;
  for (const { source } of graph.nodes) addFlows(source, { graph, balancer, add });
  return [...flows.values()];
}

/** The lines to draw for a node: its own and, through the load balancer, those of the same container. */
export function flowsAt(flows: readonly Flow[], node: GraphNode): Flow[] {
  const own = flows.filter(
    ({ from, to, behind }) => from === node.id || to === node.id || behind === node.id,
  );
  if (node.kind === 'domain') {
    const behind = new Set(own.map((flow) => flow.behind));
    return [
      ...own,
      ...flows.filter(
        (flow) => behind.has(flow.to) && flow.behind === undefined && flow.from === balancerOf(own),
      ),
    ];
  }
  if (node.kind !== 'instance') return own;
  const { source } = node;
  const placed: Flow[] = [];
  if (node.serverId !== null) placed.push({ from: node.id, to: node.serverId });
  if (source.kind === 'instance' && source.migratingTo !== null)
    placed.push({ from: node.id, to: source.migratingTo });
  const ofContainer = flows.filter(
    ({ to, behind }) => to === node.containerId || behind === node.containerId,
  );
  return [...own, ...placed, ...ofContainer];
}

type Adding = {
  graph: Graph;
  balancer: string | null;
  add: (from: string | null, to: string | null, behind?: string) => void;
};

function addFlows(source: GraphNode['source'], { graph, balancer, add }: Adding): void {
  switch (source.kind) {
    case 'domain':
      if (source.containerId !== null && balancer !== null && source.containerId !== balancer) {
        add(source.id, balancer, source.containerId);
        add(balancer, source.containerId);
      } else add(source.id, source.containerId ?? source.virtualMachineId);
      break;
    case 'ip':
      add(source.id, containerOf(graph, source) ?? source.virtualMachineId);
      break;
    case 'instance':
      add(source.containerId, source.serverId);
      break;
    case 'network':
      for (const id of source.instanceIds) add(graph.byId.get(id)?.containerId ?? null, source.id);
      break;
    default:
  }
}

function containerOf(graph: Graph, ip: Extract<TopologyNode, { kind: 'ip' }>): string | null {
  return ip.containerId ?? graph.byId.get(ip.instanceId ?? '')?.containerId ?? null;
}

function isBalancer({ source }: GraphNode): boolean {
  return source.kind === 'container' && source.service === 'loadbalancer';
}

function balancerOf(flows: readonly Flow[]): string | undefined {
  return flows.find(({ behind }) => behind !== undefined)?.to;
}
