import type { TeamPerson } from '@cyclorama/shared/team.ts';

import { basePath } from '../../../lib/base-path.ts';
import { Badge } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { Ago } from '../../../ui/time.tsx';
import { roleOriginText, wayLabels } from '../rules.ts';

const hrefOf = ({ name }: TeamPerson): string => `${basePath}/team?person=${encodeURIComponent(name)}`;

type PeopleTableProps = { people: TeamPerson[]; onOpen: (person: TeamPerson) => void };

export function PeopleTable({ people, onOpen }: PeopleTableProps) {
  return (
    <DataTable
      caption="People"
      columns={columns}
      rows={people}
      rowKey={({ name }) => name}
      onOpen={onOpen}
      rowHref={hrefOf}
    />
  );
}

const columns: Column<TeamPerson>[] = [
  { key: 'name', header: 'Name', primary: true, cell: (person) => <NameCell person={person} /> },
  {
    key: 'role',
    header: 'Role',
    priority: 1,
    wide: true,
    width: 264,
    cell: (person) => (
      <span title={`${person.role} · ${roleOriginText(person)}`}>
        {person.role} <span className="text-muted">· {roleOriginText(person)}</span>
      </span>
    ),
  },
  { key: 'way', header: 'Signs in with', priority: 5, width: 152, cell: ({ way }) => wayLabels[way] },
  {
    key: 'sessions',
    header: 'Sessions',
    priority: 3,
    width: 96,
    align: 'right',
    cell: ({ sessions }) => sessions.length,
  },
  {
    key: 'tokens',
    header: 'Tokens',
    priority: 4,
    width: 88,
    align: 'right',
    cell: ({ tokens }) => tokens.length,
  },
  {
    key: 'seen',
    header: 'Last seen',
    priority: 2,
    width: 128,
    cell: ({ lastSeenAt }) => <Ago at={lastSeenAt} />,
  },
];

function NameCell({ person: { name, blocked, lapse } }: { person: TeamPerson }) {
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <span title={name} className="truncate">
        {name}
      </span>
      {blocked !== null && <Badge tone="danger">blocked</Badge>}
      {lapse !== null && <Badge tone="warning">must sign in again</Badge>}
    </span>
  );
}
