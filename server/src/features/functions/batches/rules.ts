import type { ClaimState } from '@cyclorama/shared/claims.ts';
import { isOpenClaim } from '@cyclorama/shared/rules/claims.ts';

import type { ClaimRow } from '../../../store/claims.ts';
import { cancelledFailure } from '../claims/answers.ts';

/**
 * The result of one attempt. `retry`: it certainly never ran, and another attempt may succeed. `fatal`: it never ran,
 * and every other run of the batch would fail the same way.
 */
export type RunOutcome = { kind: 'open' | 'done' } | { kind: 'failed' | 'retry' | 'fatal'; reason: string };

type Attempt = Pick<ClaimRow, 'state' | 'spawned_at' | 'failure_code' | 'failure_message'>;

/** Failures that may pass: pool in use, rate limits, outages. */
const transientCodes = ['504.not-available', 'rate-limited', 'unreachable', 'failed', 'timeout', 'cut'];
/** Consecutive failed attempts, with no run of the batch open, after which a run is given up. */
const MAX_FAILURES_IN_A_ROW = 8;

/** A run that may have been spawned is never retried. */
export function outcomeOf(row: Attempt): RunOutcome {
  const state = row.state;
  const reason = row.failure_message ?? sentences[state] ?? `The claim is ${state}.`;
  if (isOpenClaim(row)) return { kind: 'open' };
  if (state === 'ended-by-limit') return { kind: 'done' };
  if (state === 'released') return row.spawned_at === null ? { kind: 'retry', reason } : { kind: 'done' };
  if (state === 'lost' || row.failure_code === cancelledFailure.code) return { kind: 'failed', reason };
  if (state === 'expired') return { kind: 'retry', reason };
  const code = row.failure_code ?? '';
  return { kind: transientCodes.includes(code) || code.startsWith('429') ? 'retry' : 'fatal', reason };
}

export function shouldGiveUp({ failuresInARow, open }: { failuresInARow: number; open: number }): boolean {
  return open === 0 && failuresInARow >= MAX_FAILURES_IN_A_ROW;
}

const sentences: Partial<Record<ClaimState, string>> = {
  expired: 'It was not spawned within ten seconds.',
  released: 'It was released before it ran.',
  lost: 'Its outcome is unknown.',
};

/** A claim that is released at once has no `running` step of its own, so its `releasing` counts. */
export function beginsRunning(row: ClaimRow): boolean {
  return row.state === 'running' || (row.state === 'releasing' && row.release_after_seconds === 0);
}
