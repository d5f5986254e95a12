import type { BatchRow } from '../../../store/claim-batches.ts';
import { enabled } from '../claims/parts.ts';
import type { ClaimsParts } from '../claims/parts.ts';
import type { Run } from './live.ts';

/** Holds the run's number, from 0. */
const indexVariable = 'CLAIM_BATCH_INDEX';

export function createRunStarter({ runs, containerOf }: Pick<ClaimsParts, 'runs' | 'containerOf'>) {
  return {
    /** Throws what `ClaimRuns.run` throws, and AppError if the container is gone or its pool is off. */
    async start(
      batch: BatchRow,
      variables: Record<string, string>,
      { index, attempt, retryOf }: Run,
    ): Promise<void> {
      const container = enabled(containerOf(batch.container_id));
      await runs.run(container, {
        owner: batch.owner,
        environmentVariables: { ...variables, [indexVariable]: String(index) },
        releaseAfterSeconds: batch.release_after_seconds,
        batch: { id: batch.id, index, attempt },
        retryOf,
        cause: attempt === 0 ? `run ${index} of a batch` : `run ${index} of a batch, retried`,
      });
    },
  };
}
