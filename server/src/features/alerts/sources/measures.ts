import { alertValueText, inScope } from '@cyclorama/shared/rules/alerts.ts';
import type { LatestResponse, Measure } from '@cyclorama/shared/telemetry.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';

import { CYCLE_BLIND, scopedOf } from './nodes.ts';
import type { ConditionOf, Source } from './source.ts';

type MeasureCondition = ConditionOf<'measure'>;
type Values = Record<string, number>;

type Deps = {
  nodes: () => TopologyNode[] | null;
  latest: (measure: Measure) => LatestResponse;
};

/** Of instances; one that runs and has no current value is unknown, not below. */
export function createMeasureSource({ nodes, latest }: Deps): Source<'measure'> {
  const current = (measure: MeasureCondition['measure']): Values => {
    if (measure !== 'memoryShare') return latest(measure).values;
    const limits = latest('memoryLimit').values;
    return Object.fromEntries(
      Object.entries(latest('memory').values).flatMap(([id, value]) => {
        const limit = limits[id] ?? 0;
        return limit > 0 ? [[id, (100 * value) / limit]] : [];
      }),
    );
  };
  return {
    blind: () => (nodes() === null ? CYCLE_BLIND : null),
    look({ condition: { measure, than, threshold }, scope }) {
      const values = current(measure);
      const matches = [];
      const unknown = new Set<string>();
      for (const node of nodes() ?? []) {
        if (node.kind !== 'instance' || !inScope(scope, scopedOf(node))) continue;
        const value = values[node.id];
        if (value === undefined) {
          if (node.state.current === 'running') unknown.add(node.id);
        } else if (than === 'above' ? value > threshold : value < threshold) {
          const { id, name, containerId } = node;
          const detail = alertValueText(measure, value);
          matches.push({ kind: 'instance', id, name, containerId, since: null, detail });
        }
      }
      return { matches, unknown };
    },
  };
}
