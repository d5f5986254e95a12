import { shownState } from '@cyclorama/shared/rules/well-being.ts';
import type { NodeOf } from '@cyclorama/shared/topology.ts';

import type { TopologyIndex } from '../../../api/use-topology.ts';
import { shortenId } from '../../../lib/ids.ts';
import { NO_VALUE } from '../../../lib/units.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { StateLabel } from '../../../ui/state-glyph.tsx';

/** Of instances of several containers. */
export const placedInstanceColumns = (index: TopologyIndex): Column<NodeOf<'instance'>>[] => [
  { key: 'name', header: 'Name', primary: true, value: ({ name }) => name, cell: ({ name }) => name },
  {
    key: 'container',
    header: 'Container',
    priority: 2,
    value: ({ containerId }) => index.get('container', containerId)?.name ?? null,
    cell: ({ containerId }) => (
      <ResourceLink kind="container" id={containerId}>
        {index.get('container', containerId)?.name ?? shortenId(containerId)}
      </ResourceLink>
    ),
  },
  {
    key: 'state',
    header: 'State',
    priority: 1,
    width: 210,
    value: (instance) => shownState(instance),
    cell: (instance) => <StateLabel state={shownState(instance)} health={instance.health} />,
  },
  {
    key: 'ip',
    header: 'Private IP',
    priority: 3,
    width: 190,
    value: ({ privateIp }) => privateIp,
    cell: ({ privateIp }) => <span className="font-mono text-xs">{privateIp ?? NO_VALUE}</span>,
  },
];
