import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import { useState } from 'react';

import { activityLabel } from '../../../lib/activity-labels.ts';
import { NO_VALUE } from '../../../lib/units.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { Ago } from '../../../ui/time.tsx';
import { wayLabels } from '../rules.ts';
import { EntrySheet } from './EntrySheet.tsx';

const columns: Column<ActivityEntry>[] = [
  {
    key: 'action',
    header: 'Action',
    width: 210,
    primary: true,
    cell: ({ action }) => activityLabel(action),
  },
  {
    key: 'outcome',
    header: 'Outcome',
    priority: 1,
    width: 110,
    cell: ({ outcome }) => <StateLabel state={outcome} />,
  },
  {
    key: 'actor',
    header: 'Person',
    priority: 4,
    width: 140,
    cell: ({ actor }) => actor ?? <span className="text-muted">System</span>,
  },
  {
    key: 'subject',
    header: 'Resource',
    priority: 2,
    width: 200,
    cell: ({ subject }) =>
      subject === null ? (
        NO_VALUE
      ) : (
        <ResourceLink kind={subject.kind} id={subject.id} className="font-medium hover:underline">
          {subject.name}
        </ResourceLink>
      ),
  },
  { key: 'ago', header: 'Time', priority: 3, width: 110, cell: ({ at }) => <Ago at={at} /> },
  {
    key: 'detail',
    header: 'Detail',
    wide: true,
    priority: 5,
    cell: ({ detail }) => <span title={detail ?? undefined}>{detail ?? NO_VALUE}</span>,
  },
];

const forAdmins: Column<ActivityEntry>[] = [
  ...columns.slice(0, -1),
  {
    key: 'way',
    header: 'Way in',
    priority: 6,
    width: 120,
    cell: ({ way, origin }) => (
      <span title={origin?.wayName ?? undefined}>{way === null ? NO_VALUE : wayLabels[way]}</span>
    ),
  },
  {
    key: 'address',
    header: 'Address',
    priority: 7,
    width: 130,
    cell: ({ origin }) => origin?.address ?? NO_VALUE,
  },
  ...columns.slice(-1),
];

type ActivityTableProps = { entries: readonly ActivityEntry[]; isAdmin: boolean };

export function ActivityTable({ entries, isAdmin }: ActivityTableProps) {
  const [opened, setOpened] = useState<ActivityEntry | null>(null);
  return (
    <>
      <DataTable
        caption="Activity"
        columns={isAdmin ? forAdmins : columns}
        rows={entries}
        rowKey={(entry) => String(entry.id)}
        // Above an admin's stands the panel of the record.
        height={isAdmin ? 'calc(100dvh - 350px)' : 'calc(100dvh - 230px)'}
        onOpen={setOpened}
      />
      {opened !== null && <EntrySheet entry={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
