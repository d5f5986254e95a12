import { inScope } from '@cyclorama/shared/rules/alerts.ts';
import type { TelemetryQuery, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';

import { AppError } from '../../../lib/errors.ts';
import type { CheckedRule } from '../rule.ts';
import { createScoped } from '../sources/nodes.ts';
import type { ConditionOf } from '../sources/source.ts';
import { holdsFor } from '../sources/values.ts';
import type { PastOf } from './intervals.ts';

export const POINTS = 1_000;
const MOST_INSTANCES = 200;

export type ReadTelemetry = (id: string, query: TelemetryQuery) => Promise<TelemetryResponse>;

type Asked = {
  rule: Pick<CheckedRule, 'scope'> & { condition: ConditionOf<'measure'> };
  nodes: readonly TopologyNode[];
  past: PastOf;
  from: number;
  to: number;
};

/** Instance by instance. Resolves with how many of them it did not look at. */
export async function walkMeasures(
  read: ReadTelemetry,
  { rule: { condition, scope }, nodes, past, from, to }: Asked,
): Promise<number> {
  const scoped = createScoped(nodes);
  const instances = nodes.filter((node) => node.kind === 'instance' && inScope(scope, scoped.of(node)));
  for (const { id, name } of instances.slice(0, MOST_INSTANCES)) {
    const answer = await read(id, { from, to, points: POINTS }).catch(nothingOf);
    const values = valuesOf(condition, answer);
    for (const [index, value] of values.entries()) {
      const at = answer?.times[index];
      // A gap is not known, so what held before it holds on.
      if (at === undefined || value === null) continue;
      if (holdsFor(condition, value)) past.begin({ kind: 'instance', id, name }, at);
      else past.end(id, at);
    }
  }
  return Math.max(0, instances.length - MOST_INSTANCES);
}

/** Nobody has measured it. */
export function nothingOf(error: unknown): null {
  if (error instanceof AppError && error.code === 'not-found') return null;
  throw error;
}

function valuesOf({ measure }: ConditionOf<'measure'>, answer: TelemetryResponse | null): (number | null)[] {
  const columns = answer?.series[0]?.values ?? {};
  if (measure !== 'memoryShare') return columns[measure] ?? [];
  const limits = columns.memoryLimit ?? [];
  return (columns.memory ?? []).map((value, index) => {
    const limit = limits[index] ?? 0;
    return value === null || limit <= 0 ? null : (100 * value) / limit;
  });
}
