import type { Coverage } from '@cyclorama/shared/collectors.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { NO_VALUE } from '../../../lib/units.ts';
import { urlSearchHook } from '../../../router/url-search.ts';
import { Badge } from '../../../ui/badge.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { NodesPage, nodesSearch } from '../components/NodesPage.tsx';
import { CoverageCell } from './components/Coverage.tsx';
import { collectorsQuery } from './queries.ts';
import { serverRows } from './rows.ts';
import type { ServerRow } from './rows.ts';

const columnsWith = (coverage: ReadonlyMap<string, Coverage>): Column<ServerRow>[] => [
  {
    key: 'name',
    header: 'Server',
    primary: true,
    value: ({ node }) => node.name,
    cell: ({ node }) => (
      <span className="flex items-center gap-2">
        {node.name}
        {node.isOwn && <Badge tone="accent">This dashboard</Badge>}
      </span>
    ),
  },
  {
    key: 'state',
    header: 'State',
    priority: 3,
    width: 150,
    value: ({ node }) => node.state?.current ?? null,
    // Cycle tells that of the dashboard's own only.
    cell: ({ node }) => (node.state === null ? NO_VALUE : <StateLabel state={node.state.current} />),
  },
  {
    key: 'instances',
    header: 'Instances',
    priority: 1,
    width: 110,
    align: 'right',
    value: ({ instances }) => instances,
    cell: ({ instances }) => instances.toLocaleString('en'),
  },
  {
    key: 'down',
    header: 'Failed or unhealthy',
    priority: 2,
    width: 160,
    align: 'right',
    value: ({ down }) => down,
    cell: ({ down }) => (down === 0 ? '0' : <Badge tone="danger">{down.toLocaleString('en')}</Badge>),
  },
  {
    key: 'telemetry',
    header: 'Telemetry',
    priority: 3,
    width: 160,
    value: ({ node }) => coverage.get(node.id)?.by ?? null,
    cell: ({ node }) => <CoverageCell coverage={coverage.get(node.id)} />,
  },
  {
    key: 'location',
    header: 'Location',
    priority: 4,
    width: 140,
    value: ({ location }) => location,
    cell: ({ location }) => location ?? NO_VALUE,
  },
  {
    key: 'provider',
    header: 'Provider',
    priority: 5,
    width: 140,
    value: ({ node }) => node.provider,
    cell: ({ node }) => node.provider ?? NO_VALUE,
  },
];

const idOf = ({ node }: ServerRow): string => node.id;
const textOf = ({ node, location }: ServerRow) => [node.name, node.id, location, node.provider];
const useServersSearch = urlSearchHook('/servers', nodesSearch);

export function ServersPage() {
  const { data } = useQuery(collectorsQuery);
  const columns = useMemo(
    () => columnsWith(new Map(data?.servers.map((each) => [each.serverId, each]))),
    [data],
  );
  return (
    <NodesPage
      title="Servers"
      subtitle="What the instances run on. Cycle tells of others by their instances only."
      noun="servers"
      kind="server"
      rowsOf={serverRows}
      idOf={idOf}
      textOf={textOf}
      columns={columns}
      search={useServersSearch()}
      empty={{ title: 'No servers here.', hint: 'A server appears with the first instance that runs on it.' }}
    />
  );
}
