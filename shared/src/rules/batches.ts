import type { ClaimBatch } from '../claims.ts';
import { actorRefusal } from './roles.ts';
import type { Person } from './roles.ts';

type BatchState = ClaimBatch['state'];

/** States in which a batch may still start or end runs. */
export const openBatchStates: readonly BatchState[] = ['running', 'stopping'];

export function isOpenBatch({ state }: Pick<ClaimBatch, 'state'>): boolean {
  return openBatchStates.includes(state);
}

/** Why a batch can't be stopped, whoever asks. While it is stopping, a stop may still add the release of its runs. */
export function batchStateRefusal(batch: Pick<ClaimBatch, 'state'>): string | null {
  return isOpenBatch(batch) ? null : 'The batch has ended.';
}

/** Why a person may not stop a batch now, or null where they may. */
export function batchStopRefusal(batch: Pick<ClaimBatch, 'state' | 'owner'>, person: Person): string | null {
  if (batch.state === 'stopping') return 'It is being stopped.';
  return batchStateRefusal(batch) ?? actorRefusal(batch, person);
}
