import type { Coverage } from '@cyclorama/shared/collectors.ts';
import { alertValueText, inScope } from '@cyclorama/shared/rules/alerts.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';

import { CYCLE_BLIND, createScoped } from './nodes.ts';
import type { ConditionOf, Match, Source } from './source.ts';
import { holdsFor } from './values.ts';
import type { Latest, Values } from './values.ts';

type InstanceNode = Extract<TopologyNode, { kind: 'instance' }>;
type Condition = ConditionOf<'group-measure'>;

type Deps = {
  nodes: () => TopologyNode[] | null;
  latest: Latest;
  collectors: () => { servers: readonly Pick<Coverage, 'serverId' | 'state'>[] };
};

/**
 * Of containers and servers, over what is measured of their instances, as their charts are. While a server that is read
 * tells nothing of its instances the others would make too small a sum: then only what is too much already is known.
 */
export function createGroupSource({ nodes, latest, collectors }: Deps): Source<'group-measure'> {
  return {
    blind: () => (nodes() === null ? CYCLE_BLIND : null),
    async look({ condition, scope }) {
      const { of, measure } = condition;
      const read = await readOf(latest, condition);
      const covered = new Set(
        collectors().servers.flatMap(({ serverId, state }) => (state === 'none' ? [] : serverId)),
      );
      const all = nodes() ?? [];
      const scoped = createScoped(all);
      const members = membersBy(of, all);
      const matches: Match[] = [];
      const unknown = new Set<string>();
      for (const node of all) {
        if (node.kind !== of || !inScope(scope, scoped.of(node))) continue;
        const some = members.get(node.id) ?? [];
        const isWhole = !hasSilentServer(some, covered, read.known);
        const together = read.together(some.map(({ id }) => id));
        const holds = together !== null && holdsFor(condition, together.value);
        // What is missing can only add to it.
        const isCertain = isWhole || (condition.by === 'sum' && condition.than === 'above' && holds);
        if (!isCertain || (together === null && some.some(isRunning))) unknown.add(node.id);
        else if (together !== null && holds) {
          const { id, name } = node;
          const count = together.count === 1 ? '1 instance' : `${together.count} instances`;
          const detail = `${alertValueText(measure, together.value)}, ${wordOf(condition)} of ${count}`;
          matches.push({ kind: of, id, name, containerId: null, since: null, detail });
        }
      }
      return { matches, unknown };
    },
  };
}

const isRunning = ({ state }: InstanceNode): boolean => state.current === 'running';
const wordOf = ({ by, measure }: Condition): string => (measure === 'memoryShare' ? 'all' : by);

function membersBy(of: Condition['of'], nodes: readonly TopologyNode[]): Map<string, InstanceNode[]> {
  const instances = nodes.filter((node) => node.kind === 'instance');
  return Map.groupBy(instances, ({ containerId, serverId }) => (of === 'container' ? containerId : serverId));
}

/** True where a server that is read has told nothing of what runs on it. */
function hasSilentServer(
  members: readonly InstanceNode[],
  covered: ReadonlySet<string>,
  known: Values,
): boolean {
  const running = members.filter((each) => isRunning(each) && covered.has(each.serverId));
  return [...Map.groupBy(running, ({ serverId }) => serverId).values()].some((some) =>
    some.every(({ id }) => !known.has(id)),
  );
}

type Together = { value: number; count: number } | null;

/** What is known now, and how to take some of it together; null where nothing of it is. */
async function readOf(
  latest: Latest,
  { measure, by }: Condition,
): Promise<{ known: Values; together: (ids: readonly string[]) => Together }> {
  const known = await latest(measure === 'memoryShare' ? 'memory' : measure);
  const limits = measure === 'memoryShare' ? await latest('memoryLimit') : null;
  const together = (ids: readonly string[]): Together => {
    let [sum, most, count] = [0, 0, 0];
    for (const id of ids) {
      const value = known.get(id);
      const limit = limits === null ? 1 : (limits.get(id) ?? 0);
      if (value === undefined || limit <= 0) continue;
      sum += value;
      most += limit;
      count += 1;
    }
    if (count === 0) return null;
    if (limits !== null) return { value: (100 * sum) / most, count };
    return { value: by === 'sum' ? sum : sum / count, count };
  };
  return { known, together };
}
