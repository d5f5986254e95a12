import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import type { KeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { Logger } from '../../../lib/logger.ts';
import { settleWithLimit } from '../../../lib/settle-with-limit.ts';
import { createWithRowLock } from '../../../lib/with-row-lock.ts';
import { claimById, forgetVariables } from '../../../store/claims.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import type { Database } from '../../../store/schema.ts';
import type { ActiveView, SchedulerClient } from '../../../upstream/scheduler/client.ts';
import type { FunctionDirectory } from '../function-directory.ts';
import { advance } from './advance.ts';
import type { Seen } from './advance.ts';
import { cancelledFailure } from './answers.ts';
import { createCallsInFlight } from './calls-in-flight.ts';
import type { ClaimExecutor } from './executor.ts';
import type { Ledger } from './ledger.ts';

/** How often the ledger is held against the scheduler while anything is open. */
const LOOK_EVERY_MS = 15_000;
/** How often while a call was not answered. */
const LOOK_AGAIN_MS = 2_000;
/** How often the scheduler is asked whether it is there while nothing is open. */
const PROBE_EVERY_MS = 60_000;
/** Due releases under way at a time. */
const RELEASES_AT_ONCE = 8;
/** How long the variables of a claim that failed are kept for another try, and how often older ones are wiped. */
const KEEP_VARIABLES_MS = 7 * 86_400_000;
const FORGET_EVERY_MS = 3_600_000;

type Options = {
  db: Kysely<Database>;
  ledger: Ledger;
  executor: ClaimExecutor;
  scheduler: SchedulerClient;
  directory: FunctionDirectory;
  mutex: KeyedMutex;
  clock: Clock;
  logger: Logger;
  /** True where no other process can share the store. */
  singleProcess: boolean;
};

export type Reconciler = {
  /** After a start of the server: lets go what was claimed and not spawned, and looks up what was under way. */
  recover(): Promise<void>;
  /** Expires what is due and looks at what is open, as often as each needs; call it about once a second. */
  tick(): Promise<void>;
  /** Looks at one claim now, inside the caller's turn, and carries out what follows. */
  settle(row: ClaimRow): Promise<ClaimRow>;
};

/** Keeps the ledger in step with what the scheduler's shards and the internal API say. */
export function createReconciler(options: Options): Reconciler {
  const { db, ledger, executor, scheduler, directory, mutex, clock, logger, singleProcess } = options;
  const lookedAt = new Map<string, number>();
  const callsInFlight = createCallsInFlight({ ledger, clock, singleProcess });
  let askedAt = Number.NEGATIVE_INFINITY;
  let forgotAt = Number.NEGATIVE_INFINITY;

  const carryOut = async (row: ClaimRow, seen: Seen): Promise<ClaimRow> => {
    const decision = advance(row, seen, clock.now());
    if (decision.kind === 'wait') return row;
    if (decision.kind === 'release') return executor.release(row, null, 'released again');
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
      logger.warn({ err: error, claimId: id }, 'a claim could not be reconciled; it is tried again'),
  });

  const lookAt = async (rows: ClaimRow[]): Promise<void> => {
    const views = new Map<string, { view: ActiveView | null; readAt: number }>();
    for (const row of rows) {
      lookedAt.set(row.id, clock.now());
      if (!views.has(row.container_id)) {
        views.set(row.container_id, { readAt: clock.now(), view: await viewOf(row.container_id) });
      }
    }
    for (const row of rows) {
      const { view, readAt } = views.get(row.container_id) ?? { view: null, readAt: clock.now() };
      await withRowLock(row.id, (fresh) =>
        carryOut(fresh, seenOf(fresh, { view, readAt, directory, ledger })),
      );
    }
  };

  const viewOf = async (containerId: string): Promise<ActiveView | null> => {
    askedAt = clock.now();
    try {
      return await scheduler.active(containerId);
    } catch (error) {
      // The client has told the health; it is looked at again later.
      if (!(error instanceof UpstreamError)) throw error;
      return null;
    }
  };

  const releaseDue = async (rows: ClaimRow[]): Promise<void> => {
    const release = (row: ClaimRow): Promise<unknown> =>
      row.state === 'running' ? executor.release(row, null, 'the chosen time was over') : Promise.resolve();
    await settleWithLimit(rows, RELEASES_AT_ONCE, (row) => withRowLock(row.id, release));
  };

  const forgetOldVariables = async (now: number): Promise<void> => {
    if (now - forgotAt < FORGET_EVERY_MS) return;
    forgotAt = now;
    await forgetVariables(db, now - KEEP_VARIABLES_MS);
  };

  const dueForLook = (row: ClaimRow): boolean => {
    if (row.state === 'requested' || row.state === 'claimed' || row.instance_id === null) return false;
    if (callsInFlight.mayBeUnderWay(row)) return false;
    const every = row.state === 'running' ? LOOK_EVERY_MS : LOOK_AGAIN_MS;
    return clock.now() - (lookedAt.get(row.id) ?? 0) >= every;
  };

  return {
    async recover() {
      const rows = await ledger.refresh();
      // Where others share the store a claimed row may be one of theirs, about to be spawned, and no sign tells it from
      // that of a process that died. Its window is ten seconds: it is left to close.
      for (const row of rows.filter((one) => singleProcess && one.state === 'claimed')) {
        const cause = 'the server was restarted before it was spawned';
        await withRowLock(row.id, async (fresh) => {
          const seen = unseen(clock.now());
          const kept = await carryOut(fresh, seen);
          if (kept.state === 'claimed') await executor.release(kept, null, cause);
        });
      }
      const underWay = rows.filter((row) => row.state !== 'claimed' && row.instance_id !== null);
      await lookAt(underWay.filter((row) => !callsInFlight.mayBeUnderWay(row)));
    },
    async tick() {
      const rows = await ledger.refresh();
      for (const id of lookedAt.keys()) if (!ledger.openRows.has(id)) lookedAt.delete(id);
      callsInFlight.forget();
      const now = clock.now();
      for (const row of rows.filter(givenUp)) executor.cancel(row.id, null);
      for (const row of rows) {
        const due = (row.state === 'claimed' || row.state === 'requested') && now >= (row.spawn_by ?? now);
        if (due) await withRowLock(row.id, (fresh) => carryOut(fresh, unseen(now)));
      }
      await lookAt(rows.filter(dueForLook));
      await releaseDue(rows.filter((row) => row.state === 'running' && now >= (row.release_at ?? Infinity)));
      await forgetOldVariables(now);
      const [pool] = directory.containers();
      const probe = scheduler.configured && clock.now() - askedAt >= PROBE_EVERY_MS;
      if (probe && pool) await viewOf(pool.containerId);
    },
    async settle(row) {
      lookedAt.set(row.id, clock.now());
      const readAt = clock.now();
      return carryOut(row, seenOf(row, { view: await viewOf(row.container_id), readAt, directory, ledger }));
    },
  };
}

/** Nobody waits for it any more, whichever process sent it. */
function givenUp({ state, failure_code: code }: ClaimRow): boolean {
  return state === 'requested' && code === cancelledFailure.code;
}

function unseen(readAt: number): Seen {
  return { readAt, active: { kind: 'silent' }, instanceState: null };
}

/**
 * True where a later claim of ours was granted the same instance: the scheduler grants only what nobody holds, so the
 * earlier claim holds it no more, and a run that is listed now is not its own.
 */
function passedOn(row: ClaimRow, others: Iterable<ClaimRow>): boolean {
  const { id, instance_id: instanceId, claimed_at: claimedAt } = row;
  for (const other of others) {
    const same = other.id !== id && other.instance_id === instanceId;
    if (same && (other.claimed_at ?? 0) > (claimedAt ?? 0)) return true;
  }
  return false;
}

type Look = { view: ActiveView | null; readAt: number; directory: FunctionDirectory; ledger: Ledger };

/** What the shard that holds the claim says; a shard that left the address book can't be asked, so the others count. */
function seenOf(row: ClaimRow, { view, readAt, directory, ledger }: Look): Seen {
  const address = row.scheduler_address ?? '';
  const silent = view === null || view.silent.includes(address) || !view.answered.includes(address);
  if (passedOn(row, ledger.openRows.values())) {
    return { readAt, instanceState: null, active: { kind: silent ? 'silent' : 'absent' } };
  }
  const instanceState = directory.instances().find((one) => one.id === row.instance_id)?.state ?? null;
  const listed = view?.instances.find((one) => one.instanceId === row.instance_id);
  if (listed) return { readAt, instanceState, active: { kind: 'listed', startedAt: listed.startedAt } };
  return { readAt, instanceState, active: { kind: silent ? 'silent' : 'absent' } };
}
