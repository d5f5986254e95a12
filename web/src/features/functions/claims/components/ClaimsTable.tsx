import type { Claim } from '@cyclorama/shared/claims.ts';
import { isOpenClaim } from '@cyclorama/shared/rules/claims.ts';

import { idOf } from '../../../../lib/ids.ts';
import { useServerNow } from '../../../../lib/server-clock.ts';
import { formatDuration } from '../../../../lib/units.ts';
import { useResourceRows } from '../../../../router/resource-link.tsx';
import { CopyId } from '../../../../ui/copy.tsx';
import { DataTable } from '../../../../ui/data-table.tsx';
import type { Column, Sort } from '../../../../ui/data-table.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Ago } from '../../../../ui/time.tsx';
import { heldMs } from '../rules.ts';
import { ClaimActions } from './ClaimActions.tsx';
import { ClaimCountdown } from './ClaimCountdown.tsx';

type ClaimsTableProps = {
  claims: Claim[];
  caption?: string;
  sort?: Sort;
  onSortChange?: (sort: Sort) => void;
};

export function ClaimsTable({ claims, caption = 'Claims', sort, onSortChange }: ClaimsTableProps) {
  const resourceRows = useResourceRows('claim', idOf);
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={claims}
      sort={sort}
      onSortChange={onSortChange}
      {...resourceRows}
    />
  );
}

const columns: Column<Claim>[] = [
  {
    key: 'function',
    header: 'Function',
    primary: true,
    minWidth: 144,
    cell: (claim) => claim.containerName,
    value: (claim) => claim.containerName,
  },
  {
    key: 'state',
    header: 'State',
    priority: 1,
    width: 136,
    cell: (claim) => <StateLabel state={claim.state} />,
    value: (claim) => claim.state,
  },
  {
    key: 'outcome',
    header: 'Deadline or outcome',
    wide: true,
    minWidth: 168,
    priority: 2,
    cell: deadlineOrOutcome,
  },
  {
    key: 'owner',
    header: 'Owner',
    priority: 3,
    width: 112,
    cell: (claim) => claim.owner,
    value: (claim) => claim.owner,
  },
  {
    key: 'requested',
    header: 'Requested',
    priority: 5,
    width: 104,
    cell: (claim) => <Ago at={claim.requestedAt} />,
    value: (claim) => Date.parse(claim.requestedAt),
  },
  {
    key: 'held',
    header: 'Held for',
    priority: 4,
    width: 96,
    align: 'right',
    cell: (claim) => <HeldFor claim={claim} />,
  },
  {
    key: 'instance',
    header: 'Instance',
    priority: 6,
    width: 144,
    cell: (claim) => (claim.instanceId === null ? '–' : <CopyId id={claim.instanceId} label="instance id" />),
  },
  {
    key: 'actions',
    header: 'Actions',
    width: 184,
    action: true,
    cell: (claim) => <ClaimActions claim={claim} />,
  },
];

function deadlineOrOutcome(claim: Claim) {
  if (claim.failure !== null) return <span title={claim.failure.message}>{claim.failure.message}</span>;
  if (isOpenClaim(claim)) return <ClaimCountdown claim={claim} />;
  return (
    claim.endedAt !== null && (
      <span>
        ended <Ago at={claim.endedAt} />
      </span>
    )
  );
}

function HeldFor({ claim }: { claim: Claim }) {
  const now = useServerNow();
  const held = heldMs(claim, now);
  // Whole seconds, so that the width of the figure is stable.
  return formatDuration(held === null || !isOpenClaim(claim) ? held : Math.floor(held / 1000) * 1000);
}
