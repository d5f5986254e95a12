import type { RobotUse } from '@cyclorama/shared/robot-fleet.ts';

import { useServerNow } from '../../../../lib/server-clock.ts';
import { parseTime } from '../../../../lib/time.ts';
import { formatDuration } from '../../../../lib/units.ts';
import { useResourceRows } from '../../../../router/resource-link.tsx';
import { DataTable } from '../../../../ui/data-table.tsx';
import type { Column } from '../../../../ui/data-table.tsx';
import { Ago, FromNow } from '../../../../ui/time.tsx';
import { bookingName } from '../../names.rules.ts';

const bookingOf = ({ bookingId }: RobotUse): string => bookingId;
const keyOf = ({ bookingId, kind, from }: RobotUse): string => `${bookingId} ${kind} ${from}`;

export function TimelineTable({ uses }: { uses: RobotUse[] }) {
  const resourceRows = useResourceRows('booking', bookingOf);
  if (uses.length === 0) return <p className="text-muted">No one held or waited for a robot in this time.</p>;
  return (
    <DataTable
      caption="Who held what"
      columns={columns}
      rows={uses}
      height="320px"
      {...resourceRows}
      rowKey={keyOf}
    />
  );
}

const columns: Column<RobotUse>[] = [
  {
    key: 'robot',
    header: 'Robot',
    primary: true,
    cell: (use) => (use.deploymentId === null ? `Any ${use.type}` : bookingName(use)),
  },
  {
    key: 'owner',
    header: 'Who',
    priority: 1,
    width: 144,
    cell: ({ owner }) => owner ?? 'not booked here',
  },
  { key: 'kind', header: 'What', priority: 2, width: 152, cell: (use) => <What use={use} /> },
  { key: 'from', header: 'From', priority: 3, width: 112, cell: ({ from }) => <Ago at={from} /> },
  { key: 'to', header: 'Until', priority: 4, width: 208, cell: (use) => <Until use={use} /> },
  { key: 'for', header: 'For', priority: 5, width: 112, cell: (use) => <For use={use} /> },
];

function What({ use: { kind, to } }: { use: RobotUse }) {
  if (kind === 'held') return to === null ? 'holds it' : 'held it';
  return to === null ? 'waits for it' : 'waited for it';
}

function Until({ use: { kind, to, endsAt } }: { use: RobotUse }) {
  if (to !== null) return <Ago at={to} />;
  if (kind === 'queued') return 'not yet';
  return endsAt === null ? (
    'reserved, no limit'
  ) : (
    <>
      reserved, ends <FromNow at={endsAt} />
    </>
  );
}

function For({ use: { from, to } }: { use: RobotUse }) {
  const now = useServerNow();
  const [start, end] = [parseTime(from), parseTime(to) ?? now];
  return start === null ? null : formatDuration(Math.max(0, end - start));
}
