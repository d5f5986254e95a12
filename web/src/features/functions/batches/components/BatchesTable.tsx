import type { ClaimBatch } from '@cyclorama/shared/claims.ts';

import { idOf, shortenId } from '../../../../lib/ids.ts';
import { NO_VALUE } from '../../../../lib/units.ts';
import { useResourceRows } from '../../../../router/resource-link.tsx';
import { DataTable } from '../../../../ui/data-table.tsx';
import type { Column } from '../../../../ui/data-table.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Ago } from '../../../../ui/time.tsx';
import { batchText, failuresText } from '../rules.ts';
import { BatchBar } from './BatchProgress.tsx';
import { StopBatchButton } from './StopBatchButton.tsx';

/** A row opens the claims of its batch. */
export function BatchesTable({ batches }: { batches: ClaimBatch[] }) {
  const resourceRows = useResourceRows('claim-batch', idOf);
  return <DataTable caption="Batches" columns={columns} rows={batches} {...resourceRows} />;
}

const columns: Column<ClaimBatch>[] = [
  {
    key: 'batch',
    header: 'Batch',
    primary: true,
    cell: ({ id, containerName }) => (
      <>
        {containerName} <code className="font-mono text-xs text-muted">{shortenId(id)}</code>
      </>
    ),
  },
  {
    key: 'state',
    header: 'State',
    priority: 1,
    width: 120,
    cell: ({ state }) => (
      <span title={state === 'stopping' ? 'No more runs are started. Open runs continue.' : undefined}>
        <StateLabel state={state} />
      </span>
    ),
  },
  {
    key: 'progress',
    header: 'Progress',
    wide: true,
    priority: 2,
    width: 344,
    cell: (batch) => <Progress batch={batch} />,
  },
  {
    key: 'failures',
    header: 'Failures',
    wide: true,
    priority: 3,
    cell: failures,
  },
  { key: 'owner', header: 'Owner', priority: 4, width: 112, cell: ({ owner }) => owner },
  {
    key: 'requested',
    header: 'Requested',
    priority: 5,
    width: 104,
    cell: ({ requestedAt }) => <Ago at={requestedAt} />,
  },
  {
    key: 'concurrency',
    header: 'In parallel',
    priority: 6,
    width: 104,
    align: 'right',
    cell: ({ concurrency }) => concurrency,
  },
  {
    key: 'stop',
    header: 'Actions',
    width: 96,
    action: true,
    cell: (batch) => <StopBatchButton batch={batch} />,
  },
];

function Progress({ batch }: { batch: ClaimBatch }) {
  const text = batchText(batch);
  return (
    <span className="flex flex-col gap-0.5" title={text}>
      <span className="truncate text-xs leading-4">{text}</span>
      <BatchBar batch={batch} thin />
    </span>
  );
}

function failures({ failures: all }: ClaimBatch) {
  if (all.length === 0) return <span className="text-muted">{NO_VALUE}</span>;
  const text = failuresText(all);
  return (
    <span className="text-danger-text" title={text}>
      {text}
    </span>
  );
}
