import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { newBookingRefusal } from '@cyclorama/shared/rules/bookings.ts';
import { availabilityOf } from '@cyclorama/shared/rules/deployments.ts';

import { useSession } from '../../../../api/session.ts';
import { idOf } from '../../../../lib/ids.ts';
import { useResourceRows } from '../../../../router/resource-link.tsx';
import { Button } from '../../../../ui/button.tsx';
import { CopyId } from '../../../../ui/copy.tsx';
import { DataTable } from '../../../../ui/data-table.tsx';
import type { Column, Sort } from '../../../../ui/data-table.tsx';
import { Ago } from '../../../../ui/time.tsx';
import { queueText } from '../../rules.ts';
import { OnlineState } from './OnlineState.tsx';

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
      key: 'type',
      header: 'Type',
      primary: true,
      cell: (robot) => (
        <span title={robot.description === '' ? undefined : robot.description}>{typeOf(robot)}</span>
      ),
      value: (robot) => robot.type,
    },
    {
      key: 'online',
      header: 'State',
      priority: 1,
      width: 120,
      cell: (robot) => <OnlineState robot={robot} />,
      value: availabilityOf,
    },
    {
      key: 'queue',
      header: 'Queue',
      priority: 2,
      width: 200,
      cell: (robot) => queueText(robot.queueLength),
      value: (robot) => robot.queueLength,
    },
    {
      key: 'region',
      header: 'Region',
      priority: 3,
      width: 112,
      cell: (robot) => robot.region || '–',
      value: (robot) => robot.region,
    },
    {
      key: 'addons',
      header: 'Add-ons',
      priority: 4,
      cell: (robot) => <span title={robot.addons.join(', ')}>{robot.addons.join(', ') || '–'}</span>,
    },
    {
      key: 'count',
      header: 'Times used',
      priority: 5,
      width: 112,
      align: 'right',
      cell: (robot) => robot.instancesSoFar?.toLocaleString('en') ?? '–',
      value: (robot) => robot.instancesSoFar,
    },
    {
      key: 'created',
      header: 'Listed since',
      priority: 7,
      width: 112,
      cell: (robot) => <Ago at={robot.createdAt} />,
      value: (robot) => (robot.createdAt === null ? null : Date.parse(robot.createdAt)),
    },
    {
      key: 'id',
      header: 'Id',
      priority: 6,
      width: 144,
      cell: (robot) => <CopyId id={robot.id} label="deployment id" />,
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

function typeOf(robot: RobotDeployment): string {
  return robot.typeVersion === null ? robot.type : `${robot.type} v${robot.typeVersion}`;
}

function BookButton({ robot, onBook }: { robot: RobotDeployment; onBook: DeploymentsTableProps['onBook'] }) {
  const { user } = useSession();
  return (
    <Button
      size="sm"
      aria-label={`Book ${robot.type} ${robot.id.slice(0, 8)}`}
      disabledReason={newBookingRefusal(robot, user.role) ?? undefined}
      onClick={() => onBook(robot)}
    >
      Book…
    </Button>
  );
}
