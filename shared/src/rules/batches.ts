import type { ClaimBatch } from '../claims.ts';
import { actorRefusal } from './roles.ts';
import type { Person } from './roles.ts';

type BatchState = ClaimBatch['state'];

export const openBatchStates: readonly BatchState[] = ['running', 'stopping'];

export function isOpenBatch({ state }: Pick<ClaimBatch, 'state'>): boolean {
  return openBatchStates.includes(state);
}

/** For any person. While stopping, a stop may still add the release of its runs. */
export function batchStateRefusal(batch: Pick<ClaimBatch, 'state'>): string | null {
  return isOpenBatch(batch) ? null : 'The batch has ended.';
}

export function batchStopRefusal(batch: Pick<ClaimBatch, 'state' | 'owner'>, person: Person): string | null {
  if (batch.state === 'stopping') return 'It is being stopped.';
  return batchStateRefusal(batch) ?? actorRefusal(batch, person);
}
