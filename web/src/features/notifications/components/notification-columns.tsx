import type { CycleNotification } from '@cyclorama/shared/notifications.ts';

import { NO_VALUE } from '../../../lib/units.ts';
import { CopyId } from '../../../ui/copy.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { Ago } from '../../../ui/time.tsx';
import { RawButton } from './RawButton.tsx';

export const notificationColumns: Column<CycleNotification>[] = [
  {
    key: 'topic',
    header: 'Topic',
    primary: true,
    cell: ({ topic }) => <span className="font-mono text-xs">{topic}</span>,
  },
  { key: 'at', header: 'Arrived', priority: 2, width: 130, cell: ({ at }) => <Ago at={at} /> },
  {
    key: 'state',
    header: 'State',
    priority: 3,
    width: 190,
    cell: ({ state, stateBefore }) =>
      stateBefore === null ? (state ?? NO_VALUE) : `${stateBefore} → ${state ?? NO_VALUE}`,
  },
  {
    key: 'object',
    header: 'Object',
    priority: 4,
    width: 160,
    cell: ({ objectId }) => (objectId === '' ? NO_VALUE : <CopyId id={objectId} />),
  },
  {
    key: 'raw',
    header: 'Raw',
    action: true,
    width: 90,
    cell: (notification) => <RawButton notification={notification} />,
  },
];
