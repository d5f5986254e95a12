import type { ClaimState } from '@cyclorama/shared/claims.ts';
import { isOpenClaim } from '@cyclorama/shared/rules/claims.ts';

import type { ClaimRow } from '../../../store/claims.ts';
import { cancelledFailure } from '../claims/answers.ts';

/**
 * What one try of a run came to. `again`: it certainly never ran and another try may work. `hopeless`: it never ran,
 * and no other run of the batch would fare better.
 */
export type RunOutcome =
  | { kind: 'open' | 'done' }
  | { kind: 'failed' | 'again' | 'hopeless'; reason: string };

type Tried = Pick<ClaimRow, 'state' | 'spawned_at' | 'failure_code' | 'failure_message'>;

/** Refusals by the scheduler that pass: a pool in use, limits, outages. */
const passing = ['504.not-available', 'rate-limited', 'unreachable', 'failed', 'timeout', 'cut'];
/** So many tries that came to nothing in a row, with no run of the batch open, end a run. */
const MOST_TRIES_IN_AROW = 8;

/** Reads off the ledger what became of a try. A run that may have been spawned is never tried again. */
export function outcomeOf(row: Tried): RunOutcome {
  const state = row.state;
  const reason = row.failure_message ?? sentences[state] ?? `The claim is ${state}.`;
  if (isOpenClaim(row)) return { kind: 'open' };
  if (state === 'ended-by-limit') return { kind: 'done' };
  if (state === 'released') return row.spawned_at === null ? { kind: 'again', reason } : { kind: 'done' };
  if (state === 'lost' || row.failure_code === cancelledFailure.code) return { kind: 'failed', reason };
  if (state === 'expired') return { kind: 'again', reason };
  const code = row.failure_code ?? '';
  return { kind: passing.includes(code) || code.startsWith('429') ? 'again' : 'hopeless', reason };
}

/** True where a run that came to nothing is given up. `inARow` counts such tries since anything of the batch worked. */
export function givesUp({ inARow, open }: { inARow: number; open: number }): boolean {
  return open === 0 && inARow >= MOST_TRIES_IN_AROW;
}

const sentences: Partial<Record<ClaimState, string>> = {
  expired: 'It was not spawned within ten seconds.',
  released: 'It was let go before it ran.',
  lost: 'What became of it can not be told.',
};

/** The step in which a run is known to run; one to be released as soon as it does has none of its own for that. */
export function beginsRunning(row: ClaimRow): boolean {
  return row.state === 'running' || (row.state === 'releasing' && row.release_after_seconds === 0);
}
