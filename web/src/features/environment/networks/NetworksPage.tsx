import type { NodeOf } from '@cyclorama/shared/topology.ts';

import type { TopologyIndex } from '../../../api/use-topology.ts';
import { idOf } from '../../../lib/ids.ts';
import { NO_VALUE } from '../../../lib/units.ts';
import { urlSearchHook } from '../../../router/url-search.ts';
import type { Column } from '../../../ui/data-table.types.ts';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { NodesPage, nodesSearch } from '../components/NodesPage.tsx';

type NetworkNode = NodeOf<'network'>;

const columns: Column<NetworkNode>[] = [
  { key: 'name', header: 'Network', primary: true, value: ({ name }) => name, cell: ({ name }) => name },
  {
    key: 'state',
    header: 'State',
    priority: 3,
    width: 150,
    value: ({ state }) => state.current,
    cell: ({ state }) => <StateLabel state={state.current} />,
  },
  {
    key: 'cidr',
    header: 'Addresses',
    priority: 2,
    value: ({ cidr }) => cidr,
    cell: ({ cidr }) => <span className="font-mono text-xs">{cidr ?? NO_VALUE}</span>,
  },
  {
    key: 'environments',
    header: 'Environments',
    priority: 1,
    width: 130,
    align: 'right',
    value: ({ environmentIds }) => environmentIds.length,
    cell: ({ environmentIds }) => environmentIds.length.toLocaleString('en'),
  },
];

const rowsOf = (index: TopologyIndex) => [...index.byKind('network')];
const textOf = ({ name, identifier, id, cidr }: NetworkNode) => [name, identifier, id, cidr];
const useNetworksSearch = urlSearchHook('/networks', nodesSearch);

export function NetworksPage() {
  return (
    <NodesPage
      title="Networks"
      subtitle="SDN networks, which join this environment with others of the hub."
      noun="networks"
      kind="network"
      rowsOf={rowsOf}
      idOf={idOf}
      textOf={textOf}
      columns={columns}
      search={useNetworksSearch()}
      empty={{
        title: 'This environment is in no SDN network.',
        hint: 'It appears here when somebody attaches it to one in Cycle’s portal.',
      }}
    />
  );
}
