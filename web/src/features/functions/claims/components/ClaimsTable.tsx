import type { Claim } from '@cyclorama/shared/claims.ts';
import { isOpenClaim } from '@cyclorama/shared/rules/claims.ts';

import { idOf } from '../../../../lib/ids.ts';
import { useNarrow } from '../../../../lib/media.ts';
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
  const narrow = useNarrow();
  const shown = narrow ? columns.filter(({ key }) => onCard.includes(key)) : columns;
  return (
    <DataTable
      caption={caption}
      columns={shown}
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
    cell: (claim) => claim.containerName,
    value: (claim) => claim.containerName,
  },
  {
    key: 'state',
    header: 'State',
    width: '136px',
    cell: (claim) => <StateLabel state={claim.state} />,
    value: (claim) => claim.state,
  },
  {
    key: 'outcome',
    header: 'Deadline or error',
    width: '26%',
    cell: (claim) => <WhatMatters claim={claim} />,
  },
  {
    key: 'owner',
    header: 'Owner',
    width: '112px',
    cell: (claim) => claim.owner,
    value: (claim) => claim.owner,
  },
  {
    key: 'requested',
    header: 'Requested',
    width: '104px',
    cell: (claim) => <Ago at={claim.requestedAt} />,
    value: (claim) => Date.parse(claim.requestedAt),
  },
  {
    key: 'held',
    header: 'Held for',
    width: '96px',
    align: 'right',
    cell: (claim) => <HeldFor claim={claim} />,
  },
  {
    key: 'instance',
    header: 'Instance',
    width: '144px',
    cell: (claim) => (claim.instanceId === null ? '–' : <CopyId id={claim.instanceId} label="instance id" />),
  },
  { key: 'actions', header: 'Actions', width: '184px', cell: (claim) => <ClaimActions claim={claim} /> },
];

/** A card has room for the name and four facts; actions are on the claim's page. */
const onCard = ['function', 'state', 'outcome', 'owner', 'requested'];

function WhatMatters({ claim }: { claim: Claim }) {
  if (claim.failure !== null) return <span title={claim.failure.message}>{claim.failure.message}</span>;
  return <ClaimCountdown claim={claim} />;
}

function HeldFor({ claim }: { claim: Claim }) {
  const now = useServerNow();
  const held = heldMs(claim, now);
  // Whole seconds, so that the width of the figure is stable.
  return formatDuration(held === null || !isOpenClaim(claim) ? held : Math.floor(held / 1000) * 1000);
}
