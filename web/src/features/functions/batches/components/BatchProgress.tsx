import type { ClaimBatch } from '@cyclorama/shared/claims.ts';
import { batchStopRefusal, isOpenBatch } from '@cyclorama/shared/rules/batches.ts';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { batchParts, batchText } from '../rules.ts';
import { StopBatchDialog } from './StopBatchDialog.tsx';

const MOST_REASONS = 3;

export function BatchProgress({ batch }: { batch: ClaimBatch }) {
  const { user } = useSession();
  const [isStopping, setStopping] = useState(false);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-2">
        <StateLabel state={batch.state} />
        {isOpenBatch(batch) && (
          <Button
            size="sm"
            disabledReason={batchStopRefusal(batch, user) ?? undefined}
            onClick={() => setStopping(true)}
          >
            Stop…
          </Button>
        )}
      </div>
      <BatchBar batch={batch} />
      <p className="text-xs text-muted">{batchText(batch)}</p>
      {batch.state === 'stopping' && (
        <p className="text-xs text-muted">No more runs are started. Open runs continue.</p>
      )}
      {batch.failures.length > 0 && (
        <ul aria-label="Failures" className="text-xs">
          {batch.failures.slice(0, MOST_REASONS).map(({ reason, count }) => (
            <li key={reason}>
              <span className="text-danger-text">{count.toLocaleString('en')} ×</span> {reason}
            </li>
          ))}
        </ul>
      )}
      {isStopping && <StopBatchDialog batch={batch} onClose={() => setStopping(false)} />}
    </div>
  );
}

const fills = {
  done: 'bg-accent',
  failed: 'bg-tone-danger',
  open: 'bg-tone-warning',
  left: 'bg-sunken',
} as const;

/** For lists; the same must stand beside it as text. */
export function BatchBar({ batch }: { batch: ClaimBatch }) {
  const parts = batchParts(batch);
  return (
    <div aria-hidden className="flex h-3 overflow-hidden rounded border border-line-strong bg-sunken">
      {(['done', 'failed', 'open', 'left'] as const).map(
        (part) =>
          parts[part] > 0 && (
            <span key={part} className={fills[part]} style={{ flexGrow: parts[part], flexBasis: 0 }} />
          ),
      )}
    </div>
  );
}
