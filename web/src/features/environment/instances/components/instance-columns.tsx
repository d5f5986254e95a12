import { shownState, wellBeings } from '@cyclorama/shared/rules/well-being.ts';

import { shortenId } from '../../../../lib/ids.ts';
import { parseTime } from '../../../../lib/time.ts';
import { NO_VALUE } from '../../../../lib/units.ts';
import { ResourceLink } from '../../../../router/resource-link.tsx';
import { CopyId } from '../../../../ui/copy.tsx';
import type { Column } from '../../../../ui/data-table.types.ts';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Ago } from '../../../../ui/time.tsx';
import { Version } from '../../components/Version.tsx';
import type { InstanceRow } from '../rows.ts';

export const HIDDEN_AT_FIRST = ['location', 'deployment', 'id'];

const READY = new Map([
  [true, 'Ready'],
  [false, 'Not ready'],
]);

/** Only the dashboard's own server has a name here; others are shown by a shortened id. */
function PlaceName({ name }: { name: string }) {
  return /^[0-9a-f]{24}$/.test(name) ? <code className="font-mono text-xs">{shortenId(name)}</code> : name;
}

export const instanceColumns: Column<InstanceRow>[] = [
  {
    key: 'name',
    header: 'Name',
    primary: true,
    value: ({ instance }) => instance.name,
    cell: ({ instance }) => instance.name,
  },
  {
    key: 'state',
    header: 'State',
    priority: 1,
    width: 210,
    value: ({ well }) => wellBeings.indexOf(well),
    cell: ({ instance, awaited }) => (
      <span className="flex min-w-0 flex-wrap items-center gap-x-1.5">
        <StateLabel state={shownState(instance)} health={instance.health} />
        {awaited !== null && <span className="text-xs text-muted">waits for {awaited}</span>}
      </span>
    ),
  },
  {
    key: 'container',
    header: 'Container',
    priority: 2,
    value: (row) => row.containerName,
    cell: (row) => (
      <ResourceLink kind="container" id={row.instance.containerId}>
        {row.containerName}
      </ResourceLink>
    ),
  },
  {
    key: 'server',
    header: 'Server',
    priority: 5,
    value: (row) => row.serverName,
    cell: (row) => <PlaceName name={row.serverName} />,
  },
  {
    key: 'location',
    header: 'Location',
    priority: 8,
    value: (row) => row.locationName,
    cell: (row) => <PlaceName name={row.locationName} />,
  },
  {
    key: 'ip',
    header: 'Private IP',
    priority: 6,
    width: 190,
    value: ({ instance }) => instance.privateIp,
    cell: ({ instance }) => <span className="font-mono text-xs">{instance.privateIp ?? NO_VALUE}</span>,
  },
  {
    key: 'ready',
    header: 'Readiness',
    priority: 4,
    width: 116,
    value: ({ instance }) => (instance.ready === null ? null : Number(instance.ready)),
    cell: ({ instance }) =>
      instance.ready === null ? <span className="text-muted">Not checked</span> : READY.get(instance.ready),
  },
  {
    key: 'deployment',
    header: 'Version',
    priority: 7,
    width: 140,
    value: ({ instance }) => instance.deployment,
    cell: ({ instance, awaited }) => <Version version={instance.deployment} awaited={awaited} />,
  },
  {
    key: 'id',
    header: 'Id',
    priority: 9,
    width: 150,
    cell: ({ instance }) => <CopyId id={instance.id} label={`id of ${instance.name}`} />,
  },
  {
    key: 'started',
    header: 'Started',
    priority: 3,
    width: 110,
    align: 'right',
    value: ({ instance }) => parseTime(instance.startedAt),
    cell: ({ instance }) => <Ago at={instance.startedAt} />,
  },
];
