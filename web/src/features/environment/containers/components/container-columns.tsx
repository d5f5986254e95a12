import { wellBeings } from '@cyclorama/shared/rules/well-being.ts';

import { useMoment } from '../../../../lib/moment.ts';
import { parseTime } from '../../../../lib/time.ts';
import { NO_VALUE } from '../../../../lib/units.ts';
import { CopyId } from '../../../../ui/copy.tsx';
import type { Column } from '../../../../ui/data-table.types.ts';
import { StateGlyph, StateLabel } from '../../../../ui/state-glyph.tsx';
import { Ago, Elapsed } from '../../../../ui/time.tsx';
import { publicNetworkLabel } from '../../public-network.ts';
import { useContainerLife } from '../queries.ts';
import type { ContainerRow } from '../rows.ts';

export const HIDDEN_AT_FIRST = ['strategy', 'id'];

function kindLabels({ container, kind }: ContainerRow): string {
  if (kind === 'service') return `Service: ${container.service ?? ''}`;
  return kind === 'function' ? 'Function' : 'Container';
}

function Unhealthy({ count }: { count: number }) {
  if (count === 0) return <span className="text-muted">0</span>;
  return (
    <span className="inline-flex items-center gap-1.5 text-danger-text">
      <StateGlyph shape="square" tone="danger" />
      {count.toLocaleString('en')}
    </span>
  );
}

function ContainerState({ row: { state, well } }: { row: ContainerRow }) {
  return (
    <span title={well.text ?? undefined} className="flex min-w-0 flex-wrap items-center gap-x-1.5">
      <StateLabel state={state} />
      {well.text !== null && <span className="text-xs text-muted">{well.text}</span>}
    </span>
  );
}

/** The age is that of the newest deployment that was recorded. */
function VersionAndAge({ container: { id, deployment } }: Pick<ContainerRow, 'container'>) {
  const deployedAt = useContainerLife(id)?.deployedAt ?? null;
  if (deployment === null) return NO_VALUE;
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
      {deployment}
      {deployedAt !== null && (
        <span className="text-xs text-muted">
          <Ago at={deployedAt} />
        </span>
      )}
    </span>
  );
}

function Restarts({ id }: { id: string }) {
  const isNow = useMoment() === null;
  const count = useContainerLife(id)?.restartsInDay ?? 0;
  if (!isNow) return <span className="text-muted">{NO_VALUE}</span>;
  return count === 0 ? <span className="text-muted">0</span> : count.toLocaleString('en');
}

export const containerColumns: Column<ContainerRow>[] = [
  {
    key: 'name',
    header: 'Name',
    primary: true,
    value: ({ container }) => container.name,
    cell: ({ container }) => container.name,
  },
  {
    key: 'state',
    header: 'State',
    priority: 1,
    width: 250,
    value: ({ well }) => wellBeings.indexOf(well.state) - well.share,
    cell: (row) => <ContainerState row={row} />,
  },
  {
    key: 'since',
    header: 'Since',
    priority: 4,
    width: 110,
    align: 'right',
    value: ({ since }) => parseTime(since),
    cell: ({ since }) => <Elapsed since={since} />,
  },
  { key: 'kind', header: 'Kind', priority: 6, width: 180, value: kindLabels, cell: kindLabels },
  {
    key: 'running',
    header: 'Running',
    priority: 3,
    width: 120,
    align: 'right',
    value: (row) => row.running,
    cell: (row) => `${row.running.toLocaleString('en')} of ${row.total.toLocaleString('en')}`,
  },
  {
    key: 'unhealthy',
    header: 'Unhealthy',
    priority: 2,
    width: 100,
    align: 'right',
    value: (row) => row.unhealthy,
    cell: (row) => <Unhealthy count={row.unhealthy} />,
  },
  {
    key: 'desired',
    header: 'Desired',
    priority: 5,
    width: 90,
    align: 'right',
    value: ({ container }) => container.desiredInstances,
    cell: ({ container }) => container.desiredInstances?.toLocaleString('en') ?? NO_VALUE,
  },
  {
    key: 'network',
    header: 'Public network',
    priority: 7,
    width: 130,
    value: ({ container }) => publicNetworkLabel(container.publicNetwork),
    cell: ({ container }) => publicNetworkLabel(container.publicNetwork) ?? NO_VALUE,
  },
  {
    key: 'deployment',
    header: 'Version',
    priority: 5,
    width: 170,
    value: ({ container }) => container.deployment,
    cell: ({ container }) => <VersionAndAge container={container} />,
  },
  {
    key: 'restarts',
    header: 'Restarts, 24 h',
    priority: 5,
    width: 110,
    align: 'right',
    cell: ({ container }) => <Restarts id={container.id} />,
  },
  {
    key: 'strategy',
    header: 'Strategy',
    priority: 8,
    width: 130,
    value: ({ container }) => container.strategy,
    cell: ({ container }) => container.strategy ?? NO_VALUE,
  },
  {
    key: 'id',
    header: 'Id',
    priority: 9,
    width: 150,
    cell: ({ container }) => <CopyId id={container.id} label={`id of ${container.name}`} />,
  },
];
