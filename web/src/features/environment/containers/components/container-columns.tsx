import { NO_VALUE } from '../../../../lib/units.ts';
import { CopyId } from '../../../../ui/copy.tsx';
import type { Column } from '../../../../ui/data-table.types.ts';
import { StateGlyph, StateLabel } from '../../../../ui/state-glyph.tsx';
import { visualOf } from '../../../../ui/state-visual.ts';
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
    width: '140px',
    value: ({ container }) => visualOf(container.state.current).label,
    cell: ({ container }) => <StateLabel state={container.state.current} />,
  },
  { key: 'kind', header: 'Kind', width: '180px', value: kindLabels, cell: kindLabels },
  {
    key: 'running',
    header: 'Running',
    width: '120px',
    align: 'right',
    value: (row) => row.running,
    cell: (row) => `${row.running.toLocaleString('en')} of ${row.total.toLocaleString('en')}`,
  },
  {
    key: 'unhealthy',
    header: 'Unhealthy',
    width: '100px',
    align: 'right',
    value: (row) => row.unhealthy,
    cell: (row) => <Unhealthy count={row.unhealthy} />,
  },
  {
    key: 'desired',
    header: 'Desired',
    width: '90px',
    align: 'right',
    value: ({ container }) => container.desiredInstances,
    cell: ({ container }) => container.desiredInstances?.toLocaleString('en') ?? NO_VALUE,
  },
  {
    key: 'network',
    header: 'Public network',
    width: '130px',
    value: ({ container }) => container.publicNetwork,
    cell: ({ container }) => container.publicNetwork ?? NO_VALUE,
  },
  {
    key: 'deployment',
    header: 'Deployment',
    width: '120px',
    value: ({ container }) => container.deployment,
    cell: ({ container }) => container.deployment ?? NO_VALUE,
  },
  {
    key: 'strategy',
    header: 'Strategy',
    width: '130px',
    value: ({ container }) => container.strategy,
    cell: ({ container }) => container.strategy ?? NO_VALUE,
  },
  {
    key: 'id',
    header: 'Id',
    width: '150px',
    cell: ({ container }) => <CopyId id={container.id} label={`id of ${container.name}`} />,
  },
];
