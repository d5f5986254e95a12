import type { ClaimBatch } from '@cyclorama/shared/claims.ts';

import { cx } from '../../../../lib/class-names.ts';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { batchParts, batchText } from '../rules.ts';
import { StopBatchButton } from './StopBatchButton.tsx';

const MOST_REASONS = 3;

export function BatchProgress({ batch }: { batch: ClaimBatch }) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-2">
        <StateLabel state={batch.state} />
        <StopBatchButton batch={batch} />
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
export function BatchBar({ batch, thin = false }: { batch: ClaimBatch; thin?: boolean }) {
  const parts = batchParts(batch);
  return (
    <div
      aria-hidden
      className={cx('flex overflow-hidden rounded border border-line-strong bg-sunken', thin ? 'h-2' : 'h-3')}
    >
      {(['done', 'failed', 'open', 'left'] as const).map(
        (part) =>
          parts[part] > 0 && (
            <span key={part} className={fills[part]} style={{ flexGrow: parts[part], flexBasis: 0 }} />
          ),
      )}
    </div>
  );
}
