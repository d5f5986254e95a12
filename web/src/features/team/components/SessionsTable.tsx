import type { PersonSession } from '@cyclorama/shared/team.ts';
import { useMemo } from 'react';

import { idOf } from '../../../lib/ids.ts';
import { NO_VALUE } from '../../../lib/units.ts';
import { Badge } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { Ago } from '../../../ui/time.tsx';
import { browserName, wayLabels } from '../rules.ts';
import { EndSessionButton } from './EndSessionButton.tsx';

export function SessionsTable({ owner, sessions }: { owner: string; sessions: PersonSession[] }) {
  const columns = useMemo(() => columnsFor(owner), [owner]);
  return <DataTable caption="Sessions" columns={columns} rows={sessions} rowKey={idOf} />;
}

const columnsFor = (owner: string): Column<PersonSession>[] => [
  {
    key: 'browser',
    header: 'Browser',
    primary: true,
    cell: ({ userAgent, current }) => (
      <span className="inline-flex max-w-full items-center gap-2">
        <span title={userAgent ?? undefined} className="truncate">
          {browserName(userAgent)}
        </span>
        {current && <Badge tone="accent">this one</Badge>}
      </span>
    ),
  },
  { key: 'way', header: 'Signed in with', priority: 4, width: 152, cell: ({ way }) => wayLabels[way] },
  {
    key: 'address',
    header: 'Address',
    priority: 2,
    width: 168,
    cell: ({ address }) => <span className="font-mono text-xs">{address ?? NO_VALUE}</span>,
  },
  { key: 'seen', header: 'Seen', priority: 1, width: 112, cell: ({ lastSeenAt }) => <Ago at={lastSeenAt} /> },
  { key: 'since', header: 'Since', priority: 3, width: 112, cell: ({ createdAt }) => <Ago at={createdAt} /> },
  {
    key: 'end',
    header: 'End',
    width: 88,
    action: true,
    cell: (session) => !session.current && <EndSessionButton session={session} owner={owner} />,
  },
];
