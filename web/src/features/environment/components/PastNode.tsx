import { paths } from '@cyclorama/shared/paths.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';
import type { ReactNode } from 'react';

import { withQuery } from '../../../api/http.ts';
import type { TopologyIndex } from '../../../api/use-topology.ts';
import { fieldWords } from '../../../lib/field-words.ts';
import { useMoment } from '../../../lib/moment.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { Elapsed } from '../../../ui/time.tsx';
import { ObjectTabs } from './ObjectTabs.tsx';

/** In the head or the title of the page. */
const ELSEWHERE = new Set(['kind', 'name', 'healthAtLeast', 'readyAtLeast']);

/** Body of an object's page in the past: all that the picture of a minute holds of it. */
export function PastNode({ node, index }: { node: TopologyNode; index: TopologyIndex }) {
  const at = useMoment() ?? 0;
  return (
    <ObjectTabs
      of={node.id}
      name={node.name}
      raw={{ path: withQuery(paths.historyTopology(), { at }), data: node }}
      summary={
        <Panel title="As it was">
          <DefinitionList
            items={Object.entries(node)
              .filter(([field]) => !ELSEWHERE.has(field))
              .map(([field, value]: [string, unknown]) => [fieldWords(field), valueOf(value, index)])}
          />
        </Panel>
      }
    />
  );
}

/** Null where there was none. */
function valueOf(value: unknown, index: TopologyIndex): ReactNode {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value))
    return value.length === 0 ? null : value.map((each) => nameOf(each, index)).join(', ');
  if (typeof value === 'object') return stateOf(value) ?? JSON.stringify(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'string') return JSON.stringify(value);
  const known = index.byId.get(value);
  if (known === undefined) return value;
  return (
    <ResourceLink kind={known.kind} id={known.id}>
      {known.name}
    </ResourceLink>
  );
}

function nameOf(value: unknown, index: TopologyIndex): string {
  return index.byId.get(String(value))?.name ?? String(value);
}

function stateOf(value: object): ReactNode {
  if (!('current' in value)) return null;
  const { current, changed, error } = value as {
    current: string;
    changed: string | null;
    error: string | null;
  };
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <StateLabel state={current} />
      {changed !== null && <Elapsed since={changed} />}
      {error !== null && <span className="text-danger-text">{error}</span>}
    </span>
  );
}
