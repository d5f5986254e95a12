import { isOpenClaim } from '@cyclorama/shared/rules/claims.ts';

import type { BatchPatch, BatchRow } from '../../../store/claim-batches.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import { beginsRunning, givesUp, outcomeOf } from './rules.ts';
import type { RunOutcome } from './rules.ts';

/** One try of one run; both count from 0. */
export type Run = { index: number; attempt: number; retryOf: string | null };

const MOST_REASONS = 10;

/** One batch as it is carried out: which runs are to come, on their way, open and over. Keeps no run that is over. */
export type LiveBatch = ReturnType<typeof createLiveBatch>;

export function createLiveBatch(stored: BatchRow) {
  const latest = new Map<number, ClaimRow>();
  const starting = new Set<number>();
  const begun = new Set<number>();
  const failures = new Map<string, number>();
  let again: Run[] = [];
  let next = 0;
  let done = 0;
  let failed = 0;
  let inARow = 0;
  let state = stored.state;
  let loading = false;

  const openRows = (): ClaimRow[] => [...latest.values()].filter(isOpenClaim);

  const fail = (reason: string): void => {
    failed += 1;
    const known = failures.has(reason) || failures.size < MOST_REASONS ? reason : 'Other reasons.';
    failures.set(known, (failures.get(known) ?? 0) + 1);
  };

  const retry = (run: Run, reason: string): void => {
    inARow += 1;
    if (state !== 'running' || (!loading && givesUp({ inARow, open: latest.size }))) fail(reason);
    else again.push(run);
  };

  /** Counts a try that is over, and queues the run again where it certainly never ran. */
  const settle = (row: ClaimRow): RunOutcome => {
    const index = row.batch_index ?? 0;
    latest.delete(index);
    const outcome = outcomeOf(row);
    if (outcome.kind === 'done') done += 1;
    if (outcome.kind === 'failed' || outcome.kind === 'hopeless') fail(outcome.reason);
    if (outcome.kind === 'again') {
      retry({ index, attempt: (row.batch_attempt ?? 0) + 1, retryOf: row.id }, outcome.reason);
    }
    return outcome;
  };

  return {
    id: stored.id,
    containerId: stored.container_id,
    owner: stored.owner,
    openRows,
    /** Runs between their start and running or refused. */
    starting: (): number => starting.size,
    isStarting: (index: number): boolean => starting.has(index),
    latestOf: (index: number): ClaimRow | undefined => latest.get(index),
    stopping: (): boolean => state !== 'running',

    /** Takes up where the ledger says the batch is: `rows` are all its claims, each run's tries in order. */
    load(rows: ClaimRow[]): void {
      const last = new Map(rows.map((row) => [row.batch_index ?? 0, row]));
      for (const index of last.keys()) begun.add(index);
      next = begun.size === 0 ? 0 : Math.max(...begun) + 1;
      for (const [index, row] of last) if (isOpenClaim(row)) latest.set(index, row);
      // What came to nothing before the restart says nothing of the scheduler now: it is tried again, not given up.
      loading = true;
      for (const row of last.values()) if (!isOpenClaim(row)) settle(row);
      loading = false;
      inARow = 0;
      for (let index = 0; index < next; index += 1) {
        if (!begun.has(index) && state === 'running') again.push({ index, attempt: 0, retryOf: null });
      }
    },

    /** The next try to start, or null where nothing may start now. */
    take(): Run | null {
      const busy = latest.size + [...starting].filter((index) => !latest.has(index)).length;
      if (state !== 'running' || busy >= stored.concurrency) return null;
      const run =
        again.shift() ?? (next < stored.count ? { index: next++, attempt: 0, retryOf: null } : null);
      if (run !== null) starting.add(run.index);
      return run;
    },

    /** Notes a step of one of its claims. The outcome where that ended a try which is not being started any more. */
    saw(row: ClaimRow): RunOutcome | null {
      const index = row.batch_index ?? 0;
      begun.add(index);
      latest.set(index, row);
      if (beginsRunning(row)) inARow = 0;
      return starting.has(index) || isOpenClaim(row) ? null : settle(row);
    },

    /** The start of a run is over, whatever came of it; `reason` counts where it never came to a claim. */
    startEnded(run: Run, reason: string): RunOutcome | null {
      starting.delete(run.index);
      const row = latest.get(run.index);
      if (row === undefined) retry(run, reason);
      return row === undefined || isOpenClaim(row) ? null : settle(row);
    },

    /** Starts no more runs. False where that was so already. */
    stop(): boolean {
      if (state !== 'running') return false;
      state = 'stopping';
      for (const { attempt } of again) if (attempt > 0) fail('The batch was stopped before it could run.');
      again = [];
      return true;
    },

    over: (): boolean =>
      latest.size === 0 &&
      starting.size === 0 &&
      (state !== 'running' || (again.length === 0 && next >= stored.count)),
    endState: (): 'stopped' | 'done' => (state === 'running' ? 'done' : 'stopped'),

    /** The batch's row as it is now. */
    row(): BatchRow {
      return { ...stored, ...this.progress() };
    },
    progress() {
      const reasons = [...failures].map(([reason, count]) => ({ reason, count }));
      return {
        state,
        started: begun.size,
        open: latest.size,
        done,
        failed,
        failures: JSON.stringify(reasons.toSorted((a, b) => b.count - a.count)),
      } satisfies BatchPatch;
    },
  };
}
