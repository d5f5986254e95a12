import type { ClaimBatch } from '@cyclorama/shared/claims.ts';

type Counts = Pick<ClaimBatch, 'count' | 'started' | 'open' | 'done' | 'failed'>;

/** The parts add up to `count`, whatever order the counts arrived in. */
export function batchParts(batch: Counts): { done: number; failed: number; open: number; left: number } {
  const { count, done, failed, open } = batch;
  return { done, failed, open, left: Math.max(0, count - done - failed - open) };
}

export function batchText({ count, started, open, done, failed }: Counts): string {
  const number = (value: number) => value.toLocaleString('en');
  return `${number(started)} of ${number(count)} started · ${number(open)} open · ${number(done)} done · ${number(failed)} failed`;
}

/** The most frequent first, as the server orders them. */
export const failuresText = (failures: ClaimBatch['failures']): string =>
  failures.map(({ reason, count }) => `${count.toLocaleString('en')} × ${reason}`).join(' · ');
