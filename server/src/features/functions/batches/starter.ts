import type { BatchRow } from '../../../store/claim-batches.ts';
import { enabled } from '../claims/parts.ts';
import type { ClaimsParts } from '../claims/parts.ts';
import type { Run } from './live.ts';

/** The variable each run finds its own number in, from 0. */
const indexVariable = 'CLAIM_BATCH_INDEX';

/** Turns one try of a run into a claim that is spawned at once. */
export function createRunStarter({ runs, containerOf }: Pick<ClaimsParts, 'runs' | 'containerOf'>) {
  return {
    /**
     * `variables` are those of every run of the batch. Throws what `ClaimRuns.run` throws, and AppError where the
     * container is gone or switched off.
     */
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
        cause: attempt === 0 ? `run ${index} of a batch` : `run ${index} of a batch, tried again`,
      });
    },
  };
}
