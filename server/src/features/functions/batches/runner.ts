import { isOpenClaim } from '@cyclorama/shared/rules/claims.ts';

import { AppError, UpstreamError } from '../../../lib/errors.ts';
import type { BatchRow } from '../../../store/claim-batches.ts';
import { claimsOfBatch, saveBatch } from '../../../store/claim-batches.ts';
import { claimById } from '../../../store/claims.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import { LEASE_MS } from '../../../store/leases.ts';
import type { ClaimsParts } from '../claims/parts.ts';
import { storedVariables } from '../claims/secrets.ts';
import { createGate } from './gate.ts';
import type { Gate } from './gate.ts';
import { createLiveBatch } from './live.ts';
import type { LiveBatch, Run } from './live.ts';
import { createBatchProgress } from './progress.ts';
import { beginsRunning } from './rules.ts';
import type { RunOutcome } from './rules.ts';
import { createRunStarter } from './starter.ts';

/** Starting runs per container; more would only wait in the scheduler's queue. */
const MAX_STARTING = 16;
const RENEW_EVERY_MS = 5_000;
/** No run starts this close to the lease's end: its row must be stored before another process can take the batch. */
const LEASE_MARGIN_MS = 5_000;

type Held = {
  live: LiveBatch;
  /** Decrypted once, for all runs. Throws AppError if the stored value can't be decrypted. */
  variables: () => Record<string, string>;
  savedAt: number;
  /** Steps that arrived while the batch's claims were being read; null afterwards. */
  buffered: ClaimRow[] | null;
  releaseAll: boolean;
  ending: boolean;
};

/** Runs batches round-robin, driven by the ledger's steps. All its state can be restored from the ledger. */
export function createBatchRunner(parts: ClaimsParts) {
  const { db, clock, box, hub, logger, ledger, executor, mutex, processId, record } = parts;
  const held = new Map<string, Held>();
  const gates = new Map<string, Gate>();
  const progress = createBatchProgress(hub, clock);
  const starter = createRunStarter(parts);
  const inFlight = new Set<Promise<void>>();
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

  const mayStart = ({ live, savedAt, buffered }: Held): boolean => {
    const now = clock.now();
    if (buffered !== null || now >= savedAt + LEASE_MS - LEASE_MARGIN_MS) return false;
    const starting = startingIn(live.containerId);
    return starting < MAX_STARTING && gateOf(live.containerId).allows(now, starting);
  };

  /** Round-robin: a batch that was tried moves to the end of the line. */
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
      inFlight.add(work);
      void work.finally(() => inFlight.delete(work));
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
      reason = known ? error.message : 'An error in Cyclorama kept the run from starting; its log says more.';
      if (!known) logger.warn({ err: error, batchId: live.id }, 'a run of a batch could not be started');
      if (live.latestOf(run.index) === undefined) gateOf(live.containerId).refused(clock.now());
    }
    const row = live.latestOf(run.index);
    // Its spawn was certainly refused: release it, so that the run is retried.
    if (row?.state === 'claimed') await releaseRun(row, 'its spawn was refused');
    react(entry, live.startEnded(run, reason));
  };

  const react = (entry: Held, outcome: RunOutcome | null): void => {
    const { live } = entry;
    if (outcome?.kind === 'retry' || outcome?.kind === 'fatal') {
      gateOf(live.containerId).refused(clock.now());
    }
    if (outcome?.kind === 'fatal' && live.stop()) {
      const detail = `Stopped, as every other run would fail the same way: ${outcome.reason}`;
      void record({ ...activity(live.row()), actor: null, action: 'batch.stop', outcome: 'failed', detail });
    }
    progress.changed(live.id, () => live.row());
    if (live.isOver()) void end(entry);
    dispatch();
  };

  const releaseRun = async (row: ClaimRow, cause: string, actor: string | null = null): Promise<void> => {
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
    const final = { state: live.endState(), ended_at: clock.now(), variables: null };
    try {
      const patch = { ...live.progress(), ...final, runner: null, lease_until: null };
      const row = await saveBatch(db, live.id, processId, patch);
      held.delete(live.id);
      if (row === null) return;
      progress.ended(row);
      const detail = `${row.done} of ${row.count} runs done, ${row.failed} failed.`;
      const outcome = row.failed === 0 ? ('done' as const) : ('failed' as const);
      await record({ ...activity(row), actor: null, action: 'batch.end', outcome, detail });
    } catch (error) {
      entry.ending = false;
      logger.warn({ err: error, batchId: live.id }, 'the end of a batch could not be stored; it is retried');
    }
  };

  const onClaimStep = (row: ClaimRow): void => {
    const isOver = !isOpenClaim(row);
    if (isOver && row.instance_id !== null) gates.get(row.container_id)?.released();
    if (beginsRunning(row)) gates.get(row.container_id)?.succeeded(clock.now());
    const entry = row.batch_id === null ? undefined : held.get(row.batch_id);
    if (entry === undefined) {
      if (isOver) dispatch();
      return;
    }
    if (entry.buffered !== null) entry.buffered.push(row);
    else react(entry, entry.live.applyStep(row));
    if (entry.releaseAll && row.state === 'running') void releaseRun(row, 'the batch was stopped');
  };
  ledger.watch(onClaimStep);

  /** The caller has taken the batch's lease. */
  const hold = async (row: BatchRow): Promise<void> => {
    const buffered: ClaimRow[] = [];
    const live = createLiveBatch(row);
    const savedAt = (row.lease_until ?? 0) - LEASE_MS;
    let unsealed: Record<string, string> | undefined;
    const variables = () => (unsealed ??= storedVariables(row, box) ?? {});
    const entry: Held = { live, variables, savedAt, buffered, releaseAll: false, ending: false };
    held.set(row.id, entry);
    live.load(await claimsOfBatch(db, row.id));
    entry.buffered = null;
    for (const step of buffered) live.applyStep(step);
    react(entry, null);
  };

  /** Drops the batch if another process took its lease. */
  const renew = async (entry: Held): Promise<void> => {
    const { live } = entry;
    const now = clock.now();
    const { state: _, ...counts } = live.progress();
    const row = await saveBatch(db, live.id, processId, { ...counts, lease_until: now + LEASE_MS });
    if (row === null) held.delete(live.id);
    else if (row.state === 'stopping') stop(live.id, null, false);
    entry.savedAt = now;
  };

  /** Another process may have ended claims of this batch: re-reads those the ledger no longer lists as open. */
  const applyStepsOfOthers = async ({ live }: Held): Promise<void> => {
    for (const row of live.openRows()) {
      if (ledger.openRows.has(row.id) || live.isStarting(row.batch_index ?? 0)) continue;
      const fresh = await claimById(db, row.id);
      if (fresh !== null) onClaimStep(fresh);
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
    /** Undefined if this process does not run the batch. */
    rowOf: (id: string): BatchRow | undefined => held.get(id)?.live.row(),
    async tick(): Promise<void> {
      for (const entry of [...held.values()].filter(({ buffered }) => buffered === null)) {
        await applyStepsOfOthers(entry);
        if (entry.live.isOver()) await end(entry);
        else if (clock.now() - entry.savedAt >= RENEW_EVERY_MS) await renew(entry);
      }
      dispatch();
    },
    /** Aborts waiting claims; their runs are retried after the restart. */
    async close(): Promise<void> {
      closed = true;
      for (const { live } of held.values()) {
        for (const row of live.openRows()) executor.interrupt(row.id);
      }
      await Promise.all(inFlight);
      progress.close();
    },
  };
}

function activity(row: BatchRow) {
  return { subject: { kind: 'claim-batch', id: row.id, name: row.container_name } };
}
