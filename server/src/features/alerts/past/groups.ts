import { inScope } from '@cyclorama/shared/rules/alerts.ts';
import type { TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';

import type { CheckedRule } from '../rule.ts';
import { createScoped } from '../sources/nodes.ts';
import type { ConditionOf } from '../sources/source.ts';
import { holdsFor } from '../sources/values.ts';
import type { PastOf } from './intervals.ts';
import { nothingOf, POINTS } from './measures.ts';
import type { ReadTelemetry } from './measures.ts';

const MOST_INSTANCES = 500;

type Asked = {
  rule: Pick<CheckedRule, 'scope'> & { condition: ConditionOf<'group-measure'> };
  nodes: readonly TopologyNode[];
  past: PastOf;
  from: number;
  to: number;
};
type Member = { serverId: string; answer: TelemetryResponse };

/** Container by container, or server by server, of the instances they have now. Resolves with how many it left out. */
export async function walkGroups(
  read: ReadTelemetry,
  { rule: { condition, scope }, nodes, past, from, to }: Asked,
): Promise<number> {
  const { of } = condition;
  const scoped = createScoped(nodes);
  const instances = nodes.filter((node) => node.kind === 'instance');
  const homeOf = (node: (typeof instances)[number]) =>
    of === 'container' ? node.containerId : node.serverId;
  const byHome = Map.groupBy(instances, homeOf);
  const groups = nodes.filter((node) => node.kind === of && inScope(scope, scoped.of(node)));
  let room = MOST_INSTANCES;
  let left = 0;
  for (const { id, name } of groups) {
    const some = byHome.get(id) ?? [];
    if (some.length > room) {
      left += 1;
      continue;
    }
    room -= some.length;
    const members: Member[] = [];
    for (const { id: instanceId, serverId } of some) {
      const answer = await read(instanceId, { from, to, points: POINTS }).catch(nothingOf);
      if (answer !== null && answer.series.length > 0) members.push({ serverId, answer });
    }
    for (const { at, value } of togetherOf(condition, members)) {
      if (holdsFor(condition, value)) past.begin({ kind: of, id, name }, at);
      else past.end(id, at);
    }
  }
  return left;
}

/** In the order of time, without the points at which one of the servers told nothing. */
function togetherOf(
  { measure, by }: ConditionOf<'group-measure'>,
  members: readonly Member[],
): { at: number; value: number }[] {
  const isShare = measure === 'memoryShare';
  const times = members[0]?.answer.times ?? [];
  const servers = new Set(members.map(({ serverId }) => serverId));
  return times.flatMap((at, index) => {
    let [sum, most, count] = [0, 0, 0];
    const heard = new Set<string>();
    for (const { serverId, answer } of members) {
      const columns = answer.series[0]?.values ?? {};
      const value = columns[isShare ? 'memory' : measure]?.[index] ?? null;
      if (value === null) continue;
      heard.add(serverId);
      const limit = isShare ? (columns.memoryLimit?.[index] ?? 0) : 1;
      if (limit <= 0) continue;
      sum += value;
      most += limit;
      count += 1;
    }
    if (count === 0 || heard.size < servers.size) return [];
    return [{ at, value: isShare ? (100 * sum) / most : by === 'sum' ? sum : sum / count }];
  });
}
