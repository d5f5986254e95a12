import { awaitedVersion, shownState } from '@cyclorama/shared/rules/well-being.ts';
import type { NodeOf } from '@cyclorama/shared/topology.ts';

import { indexTopology, useTopology } from '../../../../api/use-topology.ts';
import { shortenId } from '../../../../lib/ids.ts';
import { NO_VALUE } from '../../../../lib/units.ts';
import { ResourceLink } from '../../../../router/resource-link.tsx';
import type { Column } from '../../../../ui/data-table.types.ts';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Ago } from '../../../../ui/time.tsx';
import { Version } from '../../components/Version.tsx';

/** Falls back to the shortened id: the topology need not name every server. */
function ServerName({ id }: { id: string }) {
  const { data } = useTopology();
  const name = data === undefined ? undefined : indexTopology(data).get('server', id)?.name;
  return name === undefined || name === id ? (
    <code className="font-mono text-xs">{shortenId(id)}</code>
  ) : (
    name
  );
}

/** `version` is that of their container. */
export const memberColumns = (version: string | null): Column<NodeOf<'instance'>>[] => [
  { key: 'name', header: 'Name', primary: true, cell: (instance) => instance.name },
  {
    key: 'state',
    header: 'State',
    priority: 1,
    width: 210,
    cell: (instance) => <StateLabel state={shownState(instance)} health={instance.health} />,
  },
  {
    key: 'version',
    header: 'Version',
    priority: 5,
    width: 140,
    cell: (instance) => (
      <Version version={instance.deployment} awaited={awaitedVersion(instance, { deployment: version })} />
    ),
  },
  {
    key: 'server',
    header: 'Server',
    priority: 3,
    cell: (instance) => (
      <ResourceLink kind="server" id={instance.serverId}>
        <ServerName id={instance.serverId} />
      </ResourceLink>
    ),
  },
  {
    key: 'ip',
    header: 'Private IP',
    priority: 4,
    width: 190,
    cell: (instance) => <span className="font-mono text-xs">{instance.privateIp ?? NO_VALUE}</span>,
  },
  {
    key: 'started',
    header: 'Started',
    priority: 2,
    width: 110,
    align: 'right',
    cell: (instance) => <Ago at={instance.startedAt} />,
  },
];
