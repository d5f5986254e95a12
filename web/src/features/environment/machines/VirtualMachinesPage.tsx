import type { NodeOf } from '@cyclorama/shared/topology.ts';

import type { TopologyIndex } from '../../../api/use-topology.ts';
import { NO_VALUE } from '../../../lib/units.ts';
import { urlSearchHook } from '../../../router/url-search.ts';
import type { Column } from '../../../ui/data-table.types.ts';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { Ago } from '../../../ui/time.tsx';
import { NodesPage, nodesSearch } from '../components/NodesPage.tsx';

type Row = { node: NodeOf<'virtual-machine'>; domains: string[]; ips: string[] };

const listed = (words: readonly string[]): string => words.join(', ') || NO_VALUE;

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Virtual machine',
    primary: true,
    value: ({ node }) => node.name,
    cell: ({ node }) => node.name,
  },
  {
    key: 'state',
    header: 'State',
    priority: 1,
    width: 150,
    value: ({ node }) => node.state.current,
    cell: ({ node }) => <StateLabel state={node.state.current} />,
  },
  {
    key: 'since',
    header: 'Since',
    priority: 4,
    width: 130,
    value: ({ node }) => node.state.changed,
    cell: ({ node }) => (node.state.changed === null ? NO_VALUE : <Ago at={node.state.changed} />),
  },
  {
    key: 'domains',
    header: 'Domains',
    wide: true,
    priority: 3,
    value: ({ domains }) => domains[0] ?? null,
    cell: ({ domains }) => listed(domains),
  },
  {
    key: 'ips',
    header: 'IPs',
    priority: 2,
    value: ({ ips }) => ips[0] ?? null,
    cell: ({ ips }) => <span className="font-mono text-xs">{listed(ips)}</span>,
  },
];

const rowsOf = (index: TopologyIndex): Row[] =>
  index.byKind('virtual-machine').map((node) => {
    const its = ({ virtualMachineId }: { virtualMachineId: string | null }) => virtualMachineId === node.id;
    return {
      node,
      domains: index
        .byKind('domain')
        .filter(its)
        .map(({ name }) => name),
      ips: index
        .byKind('ip')
        .filter(its)
        .map(({ name }) => name),
    };
  });
const idOf = ({ node }: Row): string => node.id;
const textOf = ({ node, domains, ips }: Row) => [node.name, node.identifier, node.id, ...domains, ...ips];
const useMachinesSearch = urlSearchHook('/virtual-machines', nodesSearch);

export function VirtualMachinesPage() {
  return (
    <NodesPage
      title="Virtual machines"
      subtitle="Machines with a kernel of their own beside the containers."
      noun="virtual machines"
      kind="virtual-machine"
      rowsOf={rowsOf}
      idOf={idOf}
      textOf={textOf}
      columns={columns}
      search={useMachinesSearch()}
      empty={{
        title: 'This environment has no virtual machines.',
        hint: 'They appear here when somebody creates one in Cycle’s portal.',
      }}
    />
  );
}
