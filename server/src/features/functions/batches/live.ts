import { isOpenClaim } from '@cyclorama/shared/rules/claims.ts';

import type { BatchPatch, BatchRow } from '../../../store/claim-batches.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import { beginsRunning, shouldGiveUp, outcomeOf } from './rules.ts';
import type { RunOutcome } from './rules.ts';

/** One attempt at one run; `index` and `attempt` count from 0. */
export type Run = { index: number; attempt: number; retryOf: string | null };

const MAX_REASONS = 10;

/** A batch in progress. Ended runs are only counted, so memory stays bounded by the batch's concurrency. */
export type LiveBatch = ReturnType<typeof createLiveBatch>;

export function createLiveBatch(stored: BatchRow) {
  const latest = new Map<number, ClaimRow>();
  const starting = new Set<number>();
  const startedRuns = new Set<number>();
  const failures = new Map<string, number>();
  let retries: Run[] = [];
  let next = 0;
  let done = 0;
  let failed = 0;
  let failuresInARow = 0;
  let state = stored.state;
  let loading = false;

  const openRows = (): ClaimRow[] => [...latest.values()].filter(isOpenClaim);

  const fail = (reason: string): void => {
    failed += 1;
    const known = failures.has(reason) || failures.size < MAX_REASONS ? reason : 'Other reasons.';
    failures.set(known, (failures.get(known) ?? 0) + 1);
  };

  const retry = (run: Run, reason: string): void => {
    failuresInARow += 1;
    if (state !== 'running' || (!loading && shouldGiveUp({ failuresInARow, open: latest.size })))
      fail(reason);
    else retries.push(run);
  };

  const settle = (row: ClaimRow): RunOutcome => {
    const index = row.batch_index ?? 0;
    latest.delete(index);
    const outcome = outcomeOf(row);
    if (outcome.kind === 'done') done += 1;
    if (outcome.kind === 'failed' || outcome.kind === 'fatal') fail(outcome.reason);
    if (outcome.kind === 'retry') {
      retry({ index, attempt: (row.batch_attempt ?? 0) + 1, retryOf: row.id }, outcome.reason);
    }
    return outcome;
  };

  return {
    id: stored.id,
    containerId: stored.container_id,
    owner: stored.owner,
    openRows,
    starting: (): number => starting.size,
    isStarting: (index: number): boolean => starting.has(index),
    latestOf: (index: number): ClaimRow | undefined => latest.get(index),
    stopping: (): boolean => state !== 'running',

    /** Restores the batch from all its claims, each run's attempts in order. */
    load(rows: ClaimRow[]): void {
      const last = new Map(rows.map((row) => [row.batch_index ?? 0, row]));
      for (const index of last.keys()) startedRuns.add(index);
      next = startedRuns.size === 0 ? 0 : Math.max(...startedRuns) + 1;
      for (const [index, row] of last) if (isOpenClaim(row)) latest.set(index, row);
      // Failures from before a restart say nothing about the scheduler now, so they are retried, not given up.
      loading = true;
      for (const row of last.values()) if (!isOpenClaim(row)) settle(row);
      loading = false;
      failuresInARow = 0;
      for (let index = 0; index < next; index += 1) {
        if (!startedRuns.has(index) && state === 'running')
          retries.push({ index, attempt: 0, retryOf: null });
      }
    },

    /** The next attempt to start; null at the concurrency limit or when nothing is left. */
    take(): Run | null {
      const busy = latest.size + [...starting].filter((index) => !latest.has(index)).length;
      if (state !== 'running' || busy >= stored.concurrency) return null;
      const run =
        retries.shift() ?? (next < stored.count ? { index: next++, attempt: 0, retryOf: null } : null);
      if (run !== null) starting.add(run.index);
      return run;
    },

    /** Applies a claim's new state. Returns the outcome of an ended attempt, unless `startEnded` is still to come. */
    applyStep(row: ClaimRow): RunOutcome | null {
      const index = row.batch_index ?? 0;
      startedRuns.add(index);
      latest.set(index, row);
      if (beginsRunning(row)) failuresInARow = 0;
      return starting.has(index) || isOpenClaim(row) ? null : settle(row);
    },

    /** `reason` counts only where the start failed before a claim was made. */
    startEnded(run: Run, reason: string): RunOutcome | null {
      starting.delete(run.index);
      const row = latest.get(run.index);
      if (row === undefined) retry(run, reason);
      return row === undefined || isOpenClaim(row) ? null : settle(row);
    },

    /** Returns false if it was stopping already. */
    stop(): boolean {
      if (state !== 'running') return false;
      state = 'stopping';
      for (const { attempt } of retries)
        if (attempt > 0) fail('The batch was stopped before the run was tried again.');
      retries = [];
      return true;
    },

    isOver: (): boolean =>
      latest.size === 0 &&
      starting.size === 0 &&
      (state !== 'running' || (retries.length === 0 && next >= stored.count)),
    endState: (): 'stopped' | 'done' => (state === 'running' ? 'done' : 'stopped'),

    row(): BatchRow {
      return { ...stored, ...this.progress() };
    },
    progress() {
      const reasons = [...failures].map(([reason, count]) => ({ reason, count }));
      return {
        state,
        started: startedRuns.size,
        open: latest.size,
        done,
        failed,
        failures: JSON.stringify(reasons.toSorted((a, b) => b.count - a.count)),
      } satisfies BatchPatch;
    },
  };
}
