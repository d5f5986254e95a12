import { certificateState } from '@cyclorama/shared/rules/certificates.ts';
import type { NodeOf } from '@cyclorama/shared/topology.ts';

import { useNow } from '../../../../lib/now.ts';
import { NO_VALUE } from '../../../../lib/units.ts';
import { ResourceLink } from '../../../../router/resource-link.tsx';
import { Badge } from '../../../../ui/badge.tsx';
import type { Column } from '../../../../ui/data-table.types.ts';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Absolute } from '../../../../ui/time.tsx';
import { FAMILY } from '../rows.ts';
import type { AddressRow } from '../rows.ts';

function User({ row: { user } }: { row: AddressRow<unknown> }) {
  if (user === null) return <span className="text-muted">Nobody</span>;
  return (
    <ResourceLink kind={user.kind} id={user.id}>
      {user.name}
    </ResourceLink>
  );
}

export function Certificate({ of }: { of: NodeOf<'domain'> }) {
  const { text, tone } = certificateState(of, useNow());
  return tone === 'neutral' ? text : <Badge tone={tone}>{text}</Badge>;
}

const recordText = ({ record }: NodeOf<'domain'>): string | null =>
  record && [record.type.toUpperCase(), record.value].filter(Boolean).join(' ');

export const domainColumns: Column<AddressRow<NodeOf<'domain'>>>[] = [
  {
    key: 'name',
    header: 'Domain',
    primary: true,
    value: ({ node }) => node.name,
    cell: ({ node }) => (
      <ResourceLink kind="domain" id={node.id}>
        {node.name}
      </ResourceLink>
    ),
  },
  {
    key: 'user',
    header: 'Leads to',
    priority: 2,
    value: ({ user }) => user?.name ?? null,
    cell: (row) => <User row={row} />,
  },
  {
    key: 'certificate',
    header: 'Certificate',
    priority: 1,
    width: 180,
    value: ({ node }) => node.certificateExpires,
    cell: ({ node }) => <Certificate of={node} />,
  },
  {
    key: 'expires',
    header: 'Expires',
    wide: true,
    priority: 3,
    width: 212,
    value: ({ node }) => node.certificateExpires,
    cell: ({ node }) => <Absolute at={node.certificateExpires} />,
  },
  {
    key: 'record',
    header: 'DNS record',
    priority: 4,
    width: 190,
    value: ({ node }) => recordText(node),
    cell: ({ node }) => recordText(node) ?? NO_VALUE,
  },
  {
    key: 'state',
    header: 'State',
    priority: 5,
    width: 140,
    value: ({ node }) => node.state?.current ?? null,
    cell: ({ node }) => (node.state === null ? NO_VALUE : <StateLabel state={node.state.current} />),
  },
];

export const ipColumns: Column<AddressRow<NodeOf<'ip'>>>[] = [
  {
    key: 'name',
    header: 'IP address',
    primary: true,
    value: ({ node }) => node.name,
    cell: ({ node }) => (
      <ResourceLink kind="ip" id={node.id} className="font-mono text-xs hover:underline">
        {node.name}
      </ResourceLink>
    ),
  },
  {
    key: 'user',
    header: 'Used by',
    priority: 1,
    value: ({ user }) => user?.name ?? null,
    cell: (row) => <User row={row} />,
  },
  {
    key: 'family',
    header: 'Family',
    priority: 3,
    width: 120,
    value: ({ node }) => node.family,
    cell: ({ node }) => FAMILY[node.family],
  },
  {
    key: 'state',
    header: 'State',
    priority: 2,
    width: 140,
    value: ({ node }) => node.state.current,
    cell: ({ node }) => <StateLabel state={node.state.current} />,
  },
];
