import type { NodeOf } from '@cyclorama/shared/topology.ts';

import { ThingLink } from '../../../api/thing-link.tsx';
import { shortenId } from '../../../lib/ids.ts';
import { NO_VALUE } from '../../../lib/units.ts';
import type { Column } from '../../../ui/data-table.types.ts';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { Ago } from '../../../ui/time.tsx';

/** The columns of a container's instances. */
export const memberColumns: Column<NodeOf<'instance'>>[] = [
  { key: 'name', header: 'Name', primary: true, cell: (instance) => instance.name },
  {
    key: 'state',
    header: 'State',
    width: '210px',
    cell: (instance) => <StateLabel state={instance.state.current} health={instance.health} />,
  },
  {
    key: 'server',
    header: 'Server',
    cell: (instance) => (
      <ThingLink kind="server" id={instance.serverId}>
        <code className="font-mono text-xs">{shortenId(instance.serverId)}</code>
      </ThingLink>
    ),
  },
  {
    key: 'ip',
    header: 'Private IP',
    width: '190px',
    cell: (instance) => <span className="font-mono text-xs">{instance.privateIp ?? NO_VALUE}</span>,
  },
  {
    key: 'started',
    header: 'Started',
    width: '110px',
    align: 'right',
    cell: (instance) => <Ago at={instance.startedAt} />,
  },
];
