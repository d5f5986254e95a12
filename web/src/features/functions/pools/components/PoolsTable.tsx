import type { FunctionPool } from '@cyclorama/shared/claims.ts';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';

import { useResourceRows } from '../../../../router/resource-link.tsx';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { DataTable } from '../../../../ui/data-table.tsx';
import type { Column } from '../../../../ui/data-table.types.ts';
import { limitsText } from '../rules.ts';
import { useClaimRefusal } from '../use-claim-refusal.ts';
import { PoolBar } from './PoolBar.tsx';

const containerOf = ({ containerId }: FunctionPool): string => containerId;

type Acts = Record<'onClaim' | 'onAdopt', (pool: FunctionPool) => void>;
type PoolsTableProps = Acts & { pools: FunctionPool[] };

export function PoolsTable({ pools, onClaim, onAdopt }: PoolsTableProps) {
  const resourceRows = useResourceRows('container', containerOf);
  const columns = useMemo(() => columnsWith({ onClaim, onAdopt }), [onClaim, onAdopt]);
  return <DataTable caption="Pools" columns={columns} rows={pools} {...resourceRows} />;
}

const columnsWith = (acts: Acts): Column<FunctionPool>[] => [
  ...facts,
  {
    key: 'actions',
    header: 'Actions',
    width: 160,
    action: true,
    cell: (pool) => <PoolActions pool={pool} {...acts} />,
  },
];

const facts: Column<FunctionPool>[] = [
  {
    key: 'function',
    header: 'Function',
    primary: true,
    cell: ({ name, enabled }) => (
      <>
        {name} {!enabled && <Badge tone="warning">Disabled</Badge>}
      </>
    ),
  },
  {
    key: 'ours',
    header: 'Ours',
    priority: 1,
    width: 72,
    align: 'right',
    cell: ({ ours, containerId }) => (
      <Link
        to="/functions"
        search={{ view: 'claims', container: containerId }}
        aria-label={`${ours} ours`}
        className="font-medium text-accent-text hover:underline"
      >
        {ours}
      </Link>
    ),
  },
  {
    key: 'others',
    header: 'By others',
    priority: 3,
    width: 88,
    align: 'right',
    cell: ({ others }) => others,
  },
  { key: 'idle', header: 'Idle', priority: 2, width: 64, align: 'right', cell: ({ idle }) => idle },
  {
    key: 'instances',
    header: 'Instances',
    priority: 4,
    width: 128,
    align: 'right',
    cell: ({ instances, notReady }) => (
      <>
        {notReady > 0 && <span className="text-warning-text">{notReady} not ready of </span>}
        {instances}
      </>
    ),
  },
  { key: 'use', header: 'Use', priority: 6, width: 120, cell: (pool) => <PoolBar pool={pool} /> },
  { key: 'limits', header: 'Limits', priority: 5, width: 376, wide: true, cell: limitsText },
];

function PoolActions({ pool, onClaim, onAdopt }: { pool: FunctionPool } & Acts) {
  const refusals = useClaimRefusal();
  return (
    <span className="flex gap-2">
      <Button
        size="sm"
        aria-label={`Claim ${pool.name}`}
        disabledReason={refusals.claim(pool) ?? undefined}
        onClick={() => onClaim(pool)}
      >
        Claim…
      </Button>
      {pool.others > 0 && (
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Adopt an instance of ${pool.name}`}
          disabledReason={refusals.adopt ?? undefined}
          onClick={() => onAdopt(pool)}
        >
          Adopt…
        </Button>
      )}
    </span>
  );
}
