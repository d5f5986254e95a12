import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { newBookingRefusal } from '@cyclorama/shared/rules/bookings.ts';
import { occupancyOf, occupancyRank } from '@cyclorama/shared/rules/deployments.ts';

import { useSession } from '../../../../api/session.ts';
import { idOf } from '../../../../lib/ids.ts';
import { NO_VALUE } from '../../../../lib/units.ts';
import { useResourceRows } from '../../../../router/resource-link.tsx';
import { Button } from '../../../../ui/button.tsx';
import { CopyId } from '../../../../ui/copy.tsx';
import { DataTable } from '../../../../ui/data-table.tsx';
import type { Column, Sort } from '../../../../ui/data-table.tsx';
import { Ago } from '../../../../ui/time.tsx';
import { DeploymentName } from '../../components/RobotName.tsx';
import { waitBasis, waitText } from '../../fleet/forecast.rules.ts';
import { deploymentName } from '../../names.rules.ts';
import { queueText } from '../../rules.ts';
import { Occupancy } from './Occupancy.tsx';

type DeploymentsTableProps = {
  deployments: RobotDeployment[];
  sort: Sort;
  onSortChange: (sort: Sort) => void;
  onBook: (deployment: RobotDeployment) => void;
};

export function DeploymentsTable({ deployments, sort, onSortChange, onBook }: DeploymentsTableProps) {
  const resourceRows = useResourceRows('deployment', idOf);
  const columns = columnsWith(onBook);
  return (
    <DataTable
      caption="Robots"
      columns={columns}
      rows={deployments}
      sort={sort}
      onSortChange={onSortChange}
      {...resourceRows}
    />
  );
}

function columnsWith(onBook: DeploymentsTableProps['onBook']): Column<RobotDeployment>[] {
  return [
    {
      key: 'online',
      header: 'State',
      priority: 1,
      width: 128,
      cell: (robot) => <Occupancy robot={robot} />,
      value: occupancyRank,
    },
    {
      key: 'wait',
      header: 'Wait',
      priority: 2,
      width: 248,
      cell: (robot) => <Wait robot={robot} />,
    },
    {
      key: 'type',
      header: 'Robot',
      primary: true,
      cell: (robot) => <DeploymentName robot={robot} />,
      value: (robot) => robot.type,
    },
    {
      key: 'queue',
      header: 'Queue',
      priority: 3,
      width: 184,
      cell: (robot) => queueText(robot.queueLength),
      value: (robot) => robot.queueLength,
    },
    {
      key: 'region',
      header: 'Region',
      priority: 4,
      width: 112,
      cell: (robot) => robot.region || '–',
      value: (robot) => robot.region,
    },
    {
      key: 'addons',
      header: 'Add-ons',
      priority: 5,
      cell: (robot) => <span title={robot.addons.join(', ')}>{robot.addons.join(', ') || '–'}</span>,
    },
    {
      key: 'count',
      header: 'Times used',
      priority: 6,
      width: 112,
      align: 'right',
      cell: (robot) => robot.instancesSoFar?.toLocaleString('en') ?? '–',
      value: (robot) => robot.instancesSoFar,
    },
    {
      key: 'created',
      header: 'Listed since',
      priority: 8,
      width: 112,
      cell: (robot) => <Ago at={robot.createdAt} />,
      value: (robot) => (robot.createdAt === null ? null : Date.parse(robot.createdAt)),
    },
    {
      key: 'id',
      header: 'Id',
      priority: 7,
      width: 144,
      cell: (robot) => <CopyId id={robot.id} label="robot id" />,
    },
    {
      key: 'book',
      header: 'Book',
      width: 96,
      action: true,
      cell: (robot) => <BookButton robot={robot} onBook={onBook} />,
    },
  ];
}

function Wait({ robot }: { robot: RobotDeployment }) {
  if (occupancyOf(robot) !== 'busy') return <span className="text-muted">{NO_VALUE}</span>;
  return <span title={waitBasis}>{waitText(robot.wait)}</span>;
}

function BookButton({ robot, onBook }: { robot: RobotDeployment; onBook: DeploymentsTableProps['onBook'] }) {
  const { user } = useSession();
  return (
    <Button
      size="sm"
      aria-label={`Book ${deploymentName(robot)}`}
      disabledReason={newBookingRefusal(robot, user.role) ?? undefined}
      onClick={() => onBook(robot)}
    >
      Book…
    </Button>
  );
}
