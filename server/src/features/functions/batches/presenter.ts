import type { ClaimBatch } from '@cyclorama/shared/claims.ts';

import { isoOf } from '../../../lib/clock.ts';
import type { BatchRow } from '../../../store/claim-batches.ts';

export function presentBatch(row: BatchRow): ClaimBatch {
  return {
    id: row.id,
    containerId: row.container_id,
    containerName: row.container_name,
    owner: row.owner,
    state: row.state,
    count: row.count,
    concurrency: row.concurrency,
    started: row.started,
    open: row.open,
    done: row.done,
    failed: row.failed,
    failures: JSON.parse(row.failures) as ClaimBatch['failures'],
    requestedAt: isoOf(row.requested_at),
    endedAt: row.ended_at === null ? null : isoOf(row.ended_at),
  };
}
