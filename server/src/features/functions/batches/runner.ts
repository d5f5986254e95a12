import { isOpenClaim } from '@cyclorama/shared/rules/claims.ts';

import { AppError, UpstreamError } from '../../../lib/errors.ts';
import type { BatchRow } from '../../../store/claim-batches.ts';
import { claimsOfBatch, saveBatch } from '../../../store/claim-batches.ts';
import { claimById } from '../../../store/claims.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import type { ClaimsParts } from '../claims/parts.ts';
import { storedVariables } from '../claims/secrets.ts';
import { createGate } from './gate.ts';
import type { Gate } from './gate.ts';
import { LEASE_MS } from './leases.ts';
import { createLiveBatch } from './live.ts';
import type { LiveBatch, Run } from './live.ts';
import { createBatchProgress } from './progress.ts';
import { beginsRunning } from './rules.ts';
import type { RunOutcome } from './rules.ts';
import { createRunStarter } from './starter.ts';

/** Runs of one container between their start and running; more would only wait in the scheduler's queue. */
const MOST_STARTING = 16;
const RENEW_EVERY_MS = 5_000;
/** No run is started this shortly before the lease ends: its row must be stored before another process may look. */
const LEASE_MARGIN_MS = 5_000;

/** A batch in hand; `early` holds what happened while its claims were being read. */
type Held = {
  live: LiveBatch;
  /** Unsealed with the first run, for all of them. Throws AppError where that can't be done. */
  variables: () => Record<string, string>;
  savedAt: number;
  early: ClaimRow[] | null;
  releaseAll: boolean;
  ending: boolean;
};

/**
 * Carries batches out: as many runs as each may have open, in turn between batches, and driven by the ledger's own
 * steps. All it knows can be read back from the ledger after a restart.
 */
export function createBatchRunner(parts: ClaimsParts) {
  const { db, clock, box, hub, logger, ledger, executor, mutex, processId, record } = parts;
  const held = new Map<string, Held>();
  const gates = new Map<string, Gate>();
  const progress = createBatchProgress(hub, clock);
  const starter = createRunStarter(parts);
  const underWay = new Set<Promise<void>>();
  let closed = false;

  const gateOf = (containerId: string): Gate => {
    const gate = gates.get(containerId) ?? createGate();
    gates.set(containerId, gate);
    return gate;
  };

  const startingIn = (containerId: string): number => {
    let count = 0;
    for (const { live } of held.values()) if (live.containerId === containerId) count += live.starting();
    return count;
  };

  const mayStart = ({ live, savedAt, early }: Held): boolean => {
    const now = clock.now();
    if (early !== null || now >= savedAt + LEASE_MS - LEASE_MARGIN_MS) return false;
    const starting = startingIn(live.containerId);
    return starting < MOST_STARTING && gateOf(live.containerId).opens(now, starting);
  };

  /** Starts what may start; a batch that got a run goes to the end of the line. */
  const dispatch = (): void => {
    if (closed) return;
    for (let tried = 0; tried < held.size; tried += 1) {
      const [id, entry] = held.entries().next().value as [string, Held];
      held.delete(id);
      held.set(id, entry);
      const run = mayStart(entry) ? entry.live.take() : null;
      if (run === null) continue;
      tried = -1;
      const work = begin(entry, run);
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    }
  };

  const begin = async (entry: Held, run: Run): Promise<void> => {
    const { live } = entry;
    gateOf(live.containerId).started(clock.now());
    let reason = '';
    try {
      await starter.start(live.row(), entry.variables(), run);
    } catch (error) {
      const known = error instanceof AppError || error instanceof UpstreamError;
      reason = known ? error.message : 'The run could not be started for a fault in Cyclorama.';
      if (!known) logger.warn({ err: error, batchId: live.id }, 'a run of a batch could not be started');
      if (live.latestOf(run.index) === undefined) gateOf(live.containerId).refused(clock.now());
    }
    const row = live.latestOf(run.index);
    // A claim whose spawn was refused for certain is given back, and the run tried again.
    if (row?.state === 'claimed') await giveBack(row, 'its spawn was refused');
    react(entry, live.startEnded(run, reason));
  };

  /** Draws the consequences of a step: the pool's gate, the batch's end, the next runs. */
  const react = (entry: Held, outcome: RunOutcome | null): void => {
    const { live } = entry;
    if (outcome?.kind === 'again' || outcome?.kind === 'hopeless') {
      gateOf(live.containerId).refused(clock.now());
    }
    if (outcome?.kind === 'hopeless' && live.stop()) {
      const detail = `Stopped, since no other run would fare better: ${outcome.reason}`;
      void record({ ...activity(live.row()), actor: null, action: 'batch.stop', outcome: 'failed', detail });
    }
    progress.changed(live.id, () => live.row());
    if (live.over()) void end(entry);
    dispatch();
  };

  const giveBack = async (row: ClaimRow, cause: string, actor: string | null = null): Promise<void> => {
    try {
      await mutex.run(row.id, async () => {
        const fresh = await claimById(db, row.id);
        if (fresh?.state === 'claimed' || fresh?.state === 'running') {
          await executor.release(fresh, actor, cause);
        }
      });
    } catch (error) {
      logger.warn({ err: error, claimId: row.id }, 'a run of a batch could not be released');
    }
  };

  const end = async (entry: Held): Promise<void> => {
    if (entry.ending) return;
    entry.ending = true;
    const { live } = entry;
    const over = { state: live.endState(), ended_at: clock.now(), variables: null };
    try {
      const patch = { ...live.progress(), ...over, runner: null, lease_until: null };
      const row = await saveBatch(db, live.id, processId, patch);
      held.delete(live.id);
      if (row === null) return;
      progress.ended(row);
      const detail = `${row.done} of ${row.count} runs done, ${row.failed} failed.`;
      const outcome = row.failed === 0 ? ('done' as const) : ('failed' as const);
      await record({ ...activity(row), actor: null, action: 'batch.end', outcome, detail });
    } catch (error) {
      entry.ending = false;
      logger.warn(
        { err: error, batchId: live.id },
        'the end of a batch could not be stored; it is tried again',
      );
    }
  };

  const sawClaim = (row: ClaimRow): void => {
    const isOver = !isOpenClaim(row);
    if (isOver && row.instance_id !== null) gates.get(row.container_id)?.freed();
    if (beginsRunning(row)) gates.get(row.container_id)?.worked(clock.now());
    const entry = row.batch_id === null ? undefined : held.get(row.batch_id);
    if (entry === undefined) {
      if (isOver) dispatch();
      return;
    }
    if (entry.early !== null) entry.early.push(row);
    else react(entry, entry.live.saw(row));
    if (entry.releaseAll && row.state === 'running') void giveBack(row, 'the batch was stopped');
  };
  ledger.watch(sawClaim);

  /** Takes a batch in hand that this process holds the lease of. */
  const hold = async (row: BatchRow): Promise<void> => {
    const early: ClaimRow[] = [];
    const live = createLiveBatch(row);
    const savedAt = (row.lease_until ?? 0) - LEASE_MS;
    let unsealed: Record<string, string> | undefined;
    const variables = () => (unsealed ??= storedVariables(row, box) ?? {});
    const entry: Held = { live, variables, savedAt, early, releaseAll: false, ending: false };
    held.set(row.id, entry);
    live.load(await claimsOfBatch(db, row.id));
    entry.early = null;
    for (const step of early) live.saw(step);
    react(entry, null);
  };

  /** Stores progress with a longer lease; lets go of a batch another process took. */
  const renew = async (entry: Held): Promise<void> => {
    const { live } = entry;
    const now = clock.now();
    const { state: _, ...counts } = live.progress();
    const row = await saveBatch(db, live.id, processId, { ...counts, lease_until: now + LEASE_MS });
    if (row === null) held.delete(live.id);
    else if (row.state === 'stopping') stop(live.id, null, false);
    entry.savedAt = now;
  };

  /** Another process may have ended claims of ours: those the ledger lists as open no more are read again. */
  const lookForEnded = async ({ live }: Held): Promise<void> => {
    for (const row of live.openRows()) {
      if (ledger.openRows.has(row.id) || live.isStarting(row.batch_index ?? 0)) continue;
      const fresh = await claimById(db, row.id);
      if (fresh !== null) sawClaim(fresh);
    }
  };

  const stop = (id: string, by: string | null, release: boolean): boolean => {
    const entry = held.get(id);
    if (entry === undefined) return false;
    entry.releaseAll ||= release;
    if (entry.live.stop()) {
      for (const row of entry.live.openRows()) if (row.state === 'requested') executor.cancel(row.id, by);
    }
    react(entry, null);
    return true;
  };

  return {
    hold,
    stop,
    dispatch,
    /** The batch as it is now, where this process carries it out. */
    rowOf: (id: string): BatchRow | undefined => held.get(id)?.live.row(),
    async tick(): Promise<void> {
      for (const entry of [...held.values()].filter(({ early }) => early === null)) {
        await lookForEnded(entry);
        if (entry.live.over()) await end(entry);
        else if (clock.now() - entry.savedAt >= RENEW_EVERY_MS) await renew(entry);
      }
      dispatch();
    },
    /** Starts no more; waits of claims under way are broken off, to be tried again after the restart. */
    async close(): Promise<void> {
      closed = true;
      for (const { live } of held.values()) {
        for (const row of live.openRows()) executor.interrupt(row.id);
      }
      await Promise.all(underWay);
      progress.close();
    },
  };
}

function activity(row: BatchRow) {
  return { subject: { kind: 'claim-batch', id: row.id, name: row.container_name } };
}
