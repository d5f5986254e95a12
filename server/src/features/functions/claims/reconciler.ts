import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import type { KeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { Logger } from '../../../lib/logger.ts';
import { settleWithLimit } from '../../../lib/settle-with-limit.ts';
import { createWithRowLock } from '../../../lib/with-row-lock.ts';
import { claimById, eraseVariables } from '../../../store/claims.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import { soleLeader } from '../../../store/leader.ts';
import type { Leader } from '../../../store/leader.ts';
import type { Database } from '../../../store/schema.ts';
import type { ActiveView, SchedulerClient } from '../../../upstream/scheduler/client.ts';
import type { FunctionDirectory } from '../function-directory.ts';
import { advance } from './advance.ts';
import type { Observation } from './advance.ts';
import { cancelledFailure } from './answers.ts';
import { createCallsInFlight } from './calls-in-flight.ts';
import type { ClaimExecutor } from './executor.ts';
import type { Ledger } from './ledger.ts';

/** How often a running claim is compared with the scheduler. */
const POLL_MS = 15_000;
/** How often a claim with an unanswered call is. */
const UNANSWERED_POLL_MS = 2_000;
/** How often the scheduler's health is probed while nothing is open. */
const PROBE_EVERY_MS = 60_000;
const RELEASE_CONCURRENCY = 8;
/** How long a failed claim's variables are kept for a retry. */
const KEEP_VARIABLES_MS = 7 * 86_400_000;
const WIPE_EVERY_MS = 3_600_000;

type Options = {
  db: Kysely<Database>;
  ledger: Ledger;
  executor: ClaimExecutor;
  scheduler: SchedulerClient;
  directory: FunctionDirectory;
  mutex: KeyedMutex;
  clock: Clock;
  logger: Logger;
  singleProcess: boolean;
  leader?: Pick<Leader, 'isLeader'>;
};

export type Reconciler = {
  /** At server start: releases claims that were not spawned and settles those with a call in flight. */
  recover(): Promise<void>;
  /** Call about once a second; each claim is checked as often as its state needs, by who leads. */
  tick(): Promise<void>;
  /** Checks one claim now; the caller holds its mutex. */
  settle(row: ClaimRow): Promise<ClaimRow>;
};

export function createReconciler(options: Options): Reconciler {
  const { db, ledger, executor, scheduler, directory, mutex, clock, logger, singleProcess } = options;
  const { leader = soleLeader } = options;
  const polledAt = new Map<string, number>();
  const callsInFlight = createCallsInFlight({ ledger, clock, singleProcess });
  let probedAt = Number.NEGATIVE_INFINITY;
  let wipedAt = Number.NEGATIVE_INFINITY;

  const applyDecision = async (row: ClaimRow, observed: Observation): Promise<ClaimRow> => {
    const decision = advance(row, observed, clock.now());
    if (decision.kind === 'wait') return row;
    if (decision.kind === 'release') return executor.release(row, null, 'release retried');
    const { to, cause, failure, patch } = decision;
    return ledger.move(row, to, {
      actor: null,
      cause,
      failure: failure ?? null,
      ...(patch ? { patch } : {}),
    });
  };

  const withRowLock = createWithRowLock<ClaimRow>({
    mutex,
    read: (id) => claimById(db, id),
    onError: (error, id) =>
      logger.warn({ err: error, claimId: id }, 'a claim could not be reconciled; it is retried'),
  });

  const reconcile = async (rows: ClaimRow[]): Promise<void> => {
    const views = new Map<string, { view: ActiveView | null; readAt: number }>();
    for (const row of rows) {
      polledAt.set(row.id, clock.now());
      if (!views.has(row.container_id)) {
        views.set(row.container_id, { readAt: clock.now(), view: await readActive(row.container_id) });
      }
    }
    for (const row of rows) {
      const { view, readAt } = views.get(row.container_id) ?? { view: null, readAt: clock.now() };
      await withRowLock(row.id, (fresh) =>
        applyDecision(fresh, observationOf(fresh, { view, readAt, directory, ledger })),
      );
    }
  };

  const readActive = async (containerId: string): Promise<ActiveView | null> => {
    probedAt = clock.now();
    try {
      return await scheduler.active(containerId);
    } catch (error) {
      // The client has recorded it in the upstream's health; the next poll tries again.
      if (!(error instanceof UpstreamError)) throw error;
      return null;
    }
  };

  const releaseDue = async (rows: ClaimRow[]): Promise<void> => {
    const release = (row: ClaimRow): Promise<unknown> =>
      row.state === 'running'
        ? executor.release(row, null, 'its release time was reached')
        : Promise.resolve();
    await settleWithLimit(rows, RELEASE_CONCURRENCY, (row) => withRowLock(row.id, release));
  };

  const wipeOldVariables = async (now: number): Promise<void> => {
    if (now - wipedAt < WIPE_EVERY_MS) return;
    wipedAt = now;
    await eraseVariables(db, now - KEEP_VARIABLES_MS);
  };

  /** Each process tells its own pages whether it reaches the scheduler. */
  const probe = async (): Promise<void> => {
    const [pool] = directory.containers();
    const isDue = scheduler.configured && clock.now() - probedAt >= PROBE_EVERY_MS;
    if (isDue && pool) await readActive(pool.containerId);
  };

  const dueForPoll = (row: ClaimRow): boolean => {
    if (row.state === 'requested' || row.state === 'claimed' || row.instance_id === null) return false;
    if (callsInFlight.mayBeInFlight(row)) return false;
    const every = row.state === 'running' ? POLL_MS : UNANSWERED_POLL_MS;
    return clock.now() - (polledAt.get(row.id) ?? 0) >= every;
  };

  return {
    async recover() {
      const rows = await ledger.refresh();
      // With a shared store a claimed row may belong to a live process that is about to spawn it, and nothing tells it
      // from the row of a dead one. It is left to expire after its ten seconds.
      for (const row of rows.filter((one) => singleProcess && one.state === 'claimed')) {
        const cause = 'the server was restarted before it was spawned';
        await withRowLock(row.id, async (fresh) => {
          const observed = unobserved(clock.now());
          const kept = await applyDecision(fresh, observed);
          if (kept.state === 'claimed') await executor.release(kept, null, cause);
        });
      }
      const interrupted = rows.filter((row) => row.state !== 'claimed' && row.instance_id !== null);
      await reconcile(interrupted.filter((row) => !callsInFlight.mayBeInFlight(row)));
    },
    async tick() {
      const rows = await ledger.refresh();
      for (const id of polledAt.keys()) if (!ledger.openRows.has(id)) polledAt.delete(id);
      callsInFlight.forgetEnded();
      const now = clock.now();
      for (const row of rows.filter(isCancelled)) executor.cancel(row.id, null);
      if (!leader.isLeader()) {
        await probe();
        return;
      }
      for (const row of rows) {
        const due = (row.state === 'claimed' || row.state === 'requested') && now >= (row.spawn_by ?? now);
        if (due) await withRowLock(row.id, (fresh) => applyDecision(fresh, unobserved(now)));
      }
      await reconcile(rows.filter(dueForPoll));
      await releaseDue(rows.filter((row) => row.state === 'running' && now >= (row.release_at ?? Infinity)));
      await wipeOldVariables(now);
      await probe();
    },
    async settle(row) {
      polledAt.set(row.id, clock.now());
      const readAt = clock.now();
      return applyDecision(
        row,
        observationOf(row, { view: await readActive(row.container_id), readAt, directory, ledger }),
      );
    },
  };
}

/** Cancelled by any process. */
function isCancelled({ state, failure_code: code }: ClaimRow): boolean {
  return state === 'requested' && code === cancelledFailure.code;
}

function unobserved(readAt: number): Observation {
  return { readAt, active: { kind: 'silent' }, instanceState: null };
}

/**
 * Whether a later claim of ours was granted the same instance. The scheduler grants only instances nobody holds, so
 * the earlier claim no longer holds it and the listed run is not its own.
 */
function grantedToLaterClaim(row: ClaimRow, others: Iterable<ClaimRow>): boolean {
  const { id, instance_id: instanceId, claimed_at: claimedAt } = row;
  for (const other of others) {
    const same = other.id !== id && other.instance_id === instanceId;
    if (same && (other.claimed_at ?? 0) > (claimedAt ?? 0)) return true;
  }
  return false;
}

type Sources = { view: ActiveView | null; readAt: number; directory: FunctionDirectory; ledger: Ledger };

/** A shard that left the address list can't be read: it is silent unless another shard lists the instance. */
function observationOf(row: ClaimRow, { view, readAt, directory, ledger }: Sources): Observation {
  const address = row.scheduler_address ?? '';
  const silent = view === null || view.silent.includes(address) || !view.answered.includes(address);
  if (grantedToLaterClaim(row, ledger.openRows.values())) {
    return { readAt, instanceState: null, active: { kind: silent ? 'silent' : 'absent' } };
  }
  const instanceState = directory.instances().find((one) => one.id === row.instance_id)?.state ?? null;
  const listed = view?.instances.find((one) => one.instanceId === row.instance_id);
  if (listed) return { readAt, instanceState, active: { kind: 'listed', startedAt: listed.startedAt } };
  return { readAt, instanceState, active: { kind: silent ? 'silent' : 'absent' } };
}
