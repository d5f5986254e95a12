import { useMemo } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { useTopology } from '../../../api/use-topology.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateGlyph } from '../../../ui/state-glyph.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { buildGraph } from '../topology/graph/build.ts';
import { neighboursOf } from '../topology/graph/edges.ts';
import { groupNeighbours, kindLabels } from '../topology/rules.ts';

const MOST_SHOWN = 100;

/** What the object is part of, runs on, and what leads to it, as the topology draws it. */
export function ObjectRelations({ of }: { of: string }) {
  const query = useTopology();
  const groups = useMemo(
    () => (query.data === undefined ? [] : groupNeighbours(neighboursOf(buildGraph(query.data), of))),
    [query.data, of],
  );
  return (
    <QueryView query={query} hidesAge>
      {() =>
        groups.length === 0 ? (
          <EmptyState title="It is related to nothing." />
        ) : (
          <div className="grid gap-3 lg:grid-cols-2">
            {groups.map(({ title, nodes }) => (
              <Panel key={title} title={`${title} (${nodes.length.toLocaleString('en')})`} flush>
                <ul className="divide-y divide-line">
                  {nodes.slice(0, MOST_SHOWN).map(({ id, name, kind, visual }) => (
                    <li key={id} className="flex min-h-9 items-center gap-2 px-3">
                      {visual !== null && <StateGlyph {...visual} label={visual.label} />}
                      <span className="min-w-0 flex-1 truncate">
                        <ResourceLink kind={kind} id={id}>
                          {name}
                        </ResourceLink>
                      </span>
                      <span className="text-xs text-muted">{kindLabels[kind]}</span>
                    </li>
                  ))}
                </ul>
                {nodes.length > MOST_SHOWN && (
                  <p className="px-3 py-2 text-xs text-muted">
                    and {(nodes.length - MOST_SHOWN).toLocaleString('en')} more, in the topology
                  </p>
                )}
              </Panel>
            ))}
          </div>
        )
      }
    </QueryView>
  );
}
