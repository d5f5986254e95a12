import { alertValueText, inScope } from '@cyclorama/shared/rules/alerts.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';

import { CYCLE_BLIND, createScoped } from './nodes.ts';
import type { Source } from './source.ts';
import { currentValues, holdsFor } from './values.ts';
import type { Latest } from './values.ts';

type Deps = { nodes: () => TopologyNode[] | null; latest: Latest };

/** Of instances; one that runs and has no current value is unknown, not below. */
export function createMeasureSource({ nodes, latest }: Deps): Source<'measure'> {
  return {
    blind: () => (nodes() === null ? CYCLE_BLIND : null),
    async look({ condition, scope }) {
      const { measure } = condition;
      const values = await currentValues(latest, measure);
      const all = nodes() ?? [];
      const scoped = createScoped(all);
      const matches = [];
      const unknown = new Set<string>();
      for (const node of all) {
        if (node.kind !== 'instance' || !inScope(scope, scoped.of(node))) continue;
        const value = values.get(node.id);
        if (value === undefined) {
          if (node.state.current === 'running') unknown.add(node.id);
        } else if (holdsFor(condition, value)) {
          const { id, name, containerId } = node;
          const detail = alertValueText(measure, value);
          matches.push({ kind: 'instance', id, name, containerId, since: null, detail });
        }
      }
      return { matches, unknown };
    },
  };
}
