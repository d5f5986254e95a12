import { inScope, isNodeCondition, matchOf } from '@cyclorama/shared/rules/alerts.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';

import type { CheckedRule } from '../rule.ts';
import { createScoped } from '../sources/nodes.ts';
import type { PastOf } from './intervals.ts';

type Visit = (at: number, id: string, node: TopologyNode | null) => void;
export type WalkHistory = (span: { from: number; to: number }, visit: Visit) => Promise<number | null>;

type Asked = {
  rule: Pick<CheckedRule, 'condition' | 'scope'>;
  /** As they are now: for the names of what was there before the record begins. */
  nodes: readonly TopologyNode[];
  past: PastOf;
  from: number;
  to: number;
};

/** Goes through every minute on record. Resolves with the first of them; null where there is none. */
export async function walkNodes(
  walk: WalkHistory,
  { rule: { condition, scope }, nodes, past, from, to }: Asked,
): Promise<number | null> {
  if (!isNodeCondition(condition)) return null;
  const scoped = createScoped(nodes);
  /** What matches later without any change of its node: a certificate that comes closer to its end. */
  const ahead = new Map<string, { node: TopologyNode; since: number }>();
  const first = await walk({ from, to }, (at, id, node) => {
    if (node !== null) scoped.seen(node);
    const waiting = ahead.get(id);
    if (waiting !== undefined && waiting.since <= at) past.begin(subjectOf(waiting.node), waiting.since);
    ahead.delete(id);
    const match = node !== null && inScope(scope, scoped.of(node)) ? matchOf(condition, node) : null;
    if (node === null || match === null) past.end(id, at);
    else if (match.since !== null && match.since > at) {
      past.end(id, at);
      ahead.set(id, { node, since: match.since });
    } else past.begin(subjectOf(node), Math.max(from, match.since ?? at));
  });
  for (const { node, since } of ahead.values()) if (since <= to) past.begin(subjectOf(node), since);
  return first;
}

const subjectOf = ({ kind, id, name }: TopologyNode) => ({ kind, id, name });
