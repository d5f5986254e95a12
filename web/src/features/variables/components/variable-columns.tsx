import type { ScopedVariable } from '@cyclorama/shared/variables.ts';

import { Badge } from '../../../ui/badge.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { RevealButton } from './RevealButton.tsx';

export const variableColumns = (mayReveal: boolean): Column<ScopedVariable>[] => [
  {
    key: 'name',
    header: 'Name',
    primary: true,
    value: ({ name }) => name,
    cell: ({ name }) => <span className="font-mono text-xs">{name}</span>,
  },
  {
    key: 'value',
    header: 'Value',
    priority: 1,
    width: 220,
    cell: ({ isEmpty }) =>
      isEmpty ? <Badge tone="warning">Empty</Badge> : <span aria-label="Hidden">••••••••</span>,
  },
  {
    key: 'reveal',
    header: 'Show',
    action: true,
    width: 120,
    cell: ({ name, isEmpty }) => <RevealButton name={name} isEmpty={isEmpty} mayReveal={mayReveal} />,
  },
];
