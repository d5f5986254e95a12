import { useMemo } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { useTopology } from '../../../api/use-topology.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { RelationList } from '../../../ui/relation-list.tsx';
import { StateGlyph } from '../../../ui/state-glyph.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { buildGraph } from '../topology/graph/build.ts';
import { neighboursOf } from '../topology/graph/edges.ts';
import { groupNeighbours, kindLabels } from '../topology/rules.ts';

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
              <RelationList
                key={title}
                title={title}
                restIn="in the topology"
                relations={nodes.map(({ id, name, kind, visual }) => ({
                  id,
                  glyph: visual !== null && <StateGlyph {...visual} label={visual.label} />,
                  link: (
                    <ResourceLink kind={kind} id={id}>
                      {name}
                    </ResourceLink>
                  ),
                  note: kindLabels[kind],
                }))}
              />
            ))}
          </div>
        )
      }
    </QueryView>
  );
}
