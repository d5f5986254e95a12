import { useMemo } from 'react';

import { idOf } from '../../../../lib/ids.ts';
import { DataTable } from '../../../../ui/data-table.tsx';
import type { Column, Sort } from '../../../../ui/data-table.tsx';
import { usePinnedFirst } from '../../use-pinned-first.ts';
import type { GraphNode } from '../graph/build.ts';
import { kindLabels } from '../rules.ts';
import type { TopologyView } from '../use-topology-view.ts';
import { NodeState } from './NodeState.tsx';

type TopologyTableProps = {
  view: TopologyView;
  sort: string | undefined;
  onSortChange: (sort: string) => void;
  onOpen: (id: string) => void;
  hrefOf: (id: string) => string;
};

const dash = <span className="text-muted">–</span>;

export function TopologyTable({ view, sort, onSortChange, onOpen, hrefOf }: TopologyTableProps) {
  const { graph, filtered, found } = view;
  const rows = useMemo(() => {
    const wanted = found === null ? filtered.matches : new Set(found);
    return filtered.nodes.filter((node) => wanted.has(node.id));
  }, [filtered, found]);
  const pinnedFirst = usePinnedFirst<GraphNode>(idOf);
  const columns = useMemo(() => {
    const nameOf = (id: string | null) => (id === null ? null : (graph.byId.get(id)?.name ?? id));
    return columnsFor(nameOf);
  }, [graph]);
  return (
    <DataTable
      caption="Nodes of the environment"
      columns={columns}
      rows={rows}
      rowKey={idOf}
      sort={readSort(sort)}
      onSortChange={({ key, direction }) => onSortChange(`${key}.${direction}`)}
      groupOf={pinnedFirst}
      onOpen={(node) => onOpen(node.id)}
      rowHref={(node) => hrefOf(node.id)}
    />
  );
}

function columnsFor(nameOf: (id: string | null) => string | null): Column<GraphNode>[] {
  const reference = (
    key: 'containerId' | 'serverId' | 'locationId',
    header: string,
    priority: number,
  ): Column<GraphNode> => ({
    key,
    header,
    priority,
    cell: (node) => nameOf(node[key]) ?? dash,
    value: (node) => nameOf(node[key]),
  });
  return [
    { key: 'name', header: 'Name', cell: (node) => node.name, value: (node) => node.name, primary: true },
    {
      key: 'kind',
      header: 'Kind',
      priority: 2,
      cell: kindOf,
      value: kindOf,
    },
    {
      key: 'state',
      header: 'State',
      priority: 1,
      cell: (node) => (node.visual === null ? dash : <NodeState visual={node.visual} />),
      value: (node) => node.visual?.label ?? null,
    },
    reference('containerId', 'Container', 3),
    reference('serverId', 'Server', 4),
    reference('locationId', 'Location', 5),
  ];
}

function kindOf(node: GraphNode): string {
  const label = kindLabels[node.kind];
  if (node.part === 'plain') return label;
  return `${label} · ${node.part === 'service' ? 'service' : 'function pool'}`;
}

function readSort(sort: string | undefined): Sort {
  const [key = 'name', direction] = (sort ?? '').split('.');
  return { key: key === '' ? 'name' : key, direction: direction === 'desc' ? 'desc' : 'asc' };
}
