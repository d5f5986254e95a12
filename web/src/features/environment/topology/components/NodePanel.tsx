import { Link } from '@tanstack/react-router';

import { ResourceLink } from '../../../../router/resource-link.tsx';
import { buttonClass } from '../../../../ui/button.tsx';
import { CopyId } from '../../../../ui/copy.tsx';
import { DefinitionList } from '../../../../ui/definition-list.tsx';
import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import { Elapsed } from '../../../../ui/time.tsx';
import type { Graph, GraphNode } from '../graph/build.ts';
import { neighboursOf } from '../graph/edges.ts';
import type { Neighbour } from '../graph/edges.ts';
import { groupNeighbours, kindLabels } from '../rules.ts';
import { factsOf } from './node-facts.tsx';
import { NodeState } from './NodeState.tsx';
import { PinButton } from './PinButton.tsx';

type NodePanelProps = {
  graph: Graph;
  node: GraphNode;
  onSelect: (id: string) => void;
};

export function NodePanel({ graph, node, onSelect }: NodePanelProps) {
  const { source } = node;
  const state = 'state' in source ? source.state : null;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        <PageLinks node={node} />
        <PinButton id={node.id} />
      </div>
      <DefinitionList
        items={[
          ['Kind', kindLabels[node.kind]],
          ['Id', <CopyId key="id" id={node.id} />],
          ['State', node.visual && <NodeState key="state" visual={node.visual} />],
          ['In this state', state && <Elapsed key="since" since={state.changed} />],
          ['Error', state?.error ? <span className="text-danger-text">{state.error}</span> : null],
          ...factsOf(source),
        ]}
      />
      <Neighbours neighbours={neighboursOf(graph, node.id)} onSelect={onSelect} />
    </div>
  );
}

function PageLinks({ node }: { node: GraphNode }) {
  if (node.kind === 'robot') {
    return (
      <div>
        <ResourceLink kind="deployment" id={node.id} className={buttonClass('primary', 'sm')}>
          Open robot
        </ResourceLink>
      </div>
    );
  }
  if (node.kind !== 'container' && node.kind !== 'instance') return null;
  return (
    <div className="flex gap-2">
      {node.kind === 'container' ? (
        <>
          <Link
            className={buttonClass('primary', 'sm')}
            to="/containers/$containerId"
            params={{ containerId: node.id }}
          >
            Open container
          </Link>
          <Link className={buttonClass('secondary', 'sm')} to="/telemetry" search={{ container: node.id }}>
            Telemetry
          </Link>
        </>
      ) : (
        <>
          <Link
            className={buttonClass('primary', 'sm')}
            to="/instances/$instanceId"
            params={{ instanceId: node.id }}
          >
            Open instance
          </Link>
          <Link className={buttonClass('secondary', 'sm')} to="/telemetry" search={{ instance: node.id }}>
            Telemetry
          </Link>
        </>
      )}
    </div>
  );
}

/** Neighbours listed per relation; the rest is a count. */
const MOST_SHOWN = 50;

function Neighbours({
  neighbours,
  onSelect,
}: {
  neighbours: readonly Neighbour[];
  onSelect: (id: string) => void;
}) {
  return groupNeighbours(neighbours).map(({ title, nodes }) => (
    <section key={title} aria-label={title}>
      <h3 className="pb-1 text-xs font-medium text-muted">
        {title} <span className="tabular-nums">({nodes.length})</span>
      </h3>
      <ul>
        {nodes.slice(0, MOST_SHOWN).map((node) => (
          <li key={node.id}>
            <button
              type="button"
              onClick={() => onSelect(node.id)}
              className="flex min-h-7 w-full items-center gap-2 rounded px-1.5 text-left hover:bg-hover"
            >
              {node.visual !== null && <StateGlyph {...node.visual} label={node.visual.label} />}
              <span className="min-w-0 flex-1 truncate">{node.name}</span>
              <span className="text-xs text-muted">{kindLabels[node.kind]}</span>
            </button>
          </li>
        ))}
      </ul>
      {nodes.length > MOST_SHOWN && (
        <p className="px-1.5 text-xs text-muted">and {nodes.length - MOST_SHOWN} more, in the table view</p>
      )}
    </section>
  ));
}
