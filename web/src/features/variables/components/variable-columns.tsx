import type { ScopedVariable } from '@cyclorama/shared/variables.ts';

import { Badge } from '../../../ui/badge.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { Countdown } from '../../../ui/time.tsx';
import { RevealButton } from './RevealButton.tsx';

const WARN_BELOW_MS = 60_000;

export const variableColumns = (
  mayReveal: boolean,
  onAsk: (name: string) => void,
): Column<ScopedVariable>[] => [
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
    key: 'until',
    header: 'Served for',
    priority: 2,
    width: 130,
    cell: ({ servedUntil }) => <ServedFor until={servedUntil} />,
  },
  {
    key: 'reveal',
    header: 'Show',
    action: true,
    width: 120,
    cell: ({ name, isEmpty }) => (
      <RevealButton name={name} isEmpty={isEmpty} mayReveal={mayReveal} onAsk={() => onAsk(name)} />
    ),
  },
];

function ServedFor({ until }: { until: ScopedVariable['servedUntil'] }) {
  if (until === undefined) return <span className="text-muted">not known</span>;
  if (until === null) return <span className="text-muted">no limit</span>;
  return <Countdown to={until} warnBelow={WARN_BELOW_MS} />;
}
