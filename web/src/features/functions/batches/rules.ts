import type { ClaimBatch } from '@cyclorama/shared/claims.ts';
import { roleAllows } from '@cyclorama/shared/common.ts';

import type { Person } from '../claims/rules.ts';

type Counts = Pick<ClaimBatch, 'count' | 'started' | 'open' | 'done' | 'failed'>;

/** The parts of a batch's bar, which add up to its count whatever order the counts arrived in. */
export function batchParts(batch: Counts): { done: number; failed: number; open: number; left: number } {
  const { count, done, failed, open } = batch;
  return { done, failed, open, left: Math.max(0, count - done - failed - open) };
}

/** The progress of a batch in words. */
export function batchWords({ count, started, open, done, failed }: Counts): string {
  const number = (value: number) => value.toLocaleString('en');
  return `${number(started)} of ${number(count)} started · ${number(open)} open · ${number(done)} done · ${number(failed)} failed`;
}

/** True while a batch may still start or end runs. */
export function isUnderWay(batch: Pick<ClaimBatch, 'state'>): boolean {
  return batch.state === 'running' || batch.state === 'stopping';
}

/** The reason a person may not stop a batch now, or null where they may. */
export function stopRefusal(batch: Pick<ClaimBatch, 'state' | 'owner'>, person: Person): string | null {
  if (batch.state === 'stopping') return 'It is being stopped';
  if (batch.state !== 'running') return 'It has ended';
  if (!roleAllows(person.role, 'operator'))
    return 'A viewer can look, not act: this asks for the operator role';
  if (batch.owner !== person.name && person.role !== 'admin') {
    return `Only ${batch.owner} or an admin can stop this batch`;
  }
  return null;
}
