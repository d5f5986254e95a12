import { inScope, matchOf } from '@cyclorama/shared/rules/alerts.ts';
import type { ScopedObject } from '@cyclorama/shared/rules/alerts.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';

import { NOTHING_UNKNOWN } from './source.ts';
import type { Asked, ConditionOf, Match, Source } from './source.ts';

/** JSON of the nodes by id; null while the environment is not known as it is now. */
export type NodeTexts = () => ReadonlyMap<string, string> | null;

/** Parsed once for as long as a node stays as it is; every rule of a round reads them. `revision` tells a change. */
export function createNodeReader(texts: NodeTexts, revision: () => number): () => TopologyNode[] | null {
  let kept = new Map<string, { text: string; node: TopologyNode }>();
  let nodes: TopologyNode[] = [];
  let readAt: number | null = null;
  return () => {
    const current = texts();
    if (current === null) return null;
    const at = revision();
    if (readAt === at) return nodes;
    readAt = at;
    const next = new Map<string, { text: string; node: TopologyNode }>();
    for (const [id, text] of current) {
      const before = kept.get(id);
      next.set(id, before?.text === text ? before : { text, node: JSON.parse(text) as TopologyNode });
    }
    kept = next;
    nodes = [...next.values()].map(({ node }) => node);
    return nodes;
  };
}

export const CYCLE_BLIND =
  'Cycle does not answer, or not everything was read yet. What fires stays until it is known again.';

type NodeKinds = 'instance-state' | 'container-state' | 'certificate';

export function createNodeSource<K extends NodeKinds>(nodes: () => TopologyNode[] | null): Source<K> {
  return {
    blind: () => (nodes() === null ? CYCLE_BLIND : null),
    look({ condition, scope, now }) {
      return { matches: lookAt(nodes() ?? [], condition, { scope, now }), unknown: NOTHING_UNKNOWN };
    },
  };
}

function lookAt(
  nodes: readonly TopologyNode[],
  condition: ConditionOf<NodeKinds>,
  { scope, now }: Pick<Asked<NodeKinds>, 'scope' | 'now'>,
): Match[] {
  const scoped = createScoped(nodes);
  return nodes.flatMap((node) => {
    const match = matchOf(condition, node);
    if (match === null || !inScope(scope, scoped.of(node))) return [];
    // A certificate matches from a day on; a state is there now, whatever the upstream's clock says.
    if (condition.kind === 'certificate' && (match.since ?? now) > now) return [];
    return [{ kind: node.kind, id: node.id, name: node.name, ...placeOf(node), ...match }];
  });
}

const placeOf = (node: TopologyNode): { containerId: string | null } => ({
  containerId: 'containerId' in node ? node.containerId : null,
});

/** What a scope is compared with, of these nodes and of those whose containers are among them or were `seen`. */
export function createScoped(nodes: readonly TopologyNode[]) {
  const containers = new Map<string, readonly string[]>();
  const seen = (node: TopologyNode): void => {
    if (node.kind === 'container') containers.set(node.id, [node.name, node.identifier]);
  };
  nodes.forEach(seen);
  return {
    seen,
    of(node: TopologyNode): ScopedObject {
      const { containerId } = placeOf(node);
      const home = containerId ?? node.id;
      return {
        id: node.id,
        names: [node.name, ...(containers.get(home) ?? [])],
        containerId,
        serverId: node.kind === 'instance' ? node.serverId : null,
        deployment: node.kind === 'instance' || node.kind === 'container' ? node.deployment : null,
      };
    },
  };
}
