import type { Failure } from '@cyclorama/shared/common.ts';

import type { Clock } from '../../../lib/clock.ts';
import { AppError, UpstreamError } from '../../../lib/errors.ts';
import type { SecretBox } from '../../../lib/secret-box.ts';
import { answerOf, failureOf } from '../../../lib/upstream-answer.ts';
import type { ClaimPatch, ClaimRow } from '../../../store/claims.ts';
import type { SchedulerClient } from '../../../upstream/scheduler/client.ts';
import type { FunctionContainer } from '../function-directory.ts';
import {
  cancelledFailure,
  certainlyNotDone,
  hasCode,
  interruptedFailure,
  refusedClaim,
  refusalMessage,
} from './answers.ts';
import type { Ledger, Move } from './ledger.ts';
import { newClaimRow } from './order.ts';
import type { ClaimOrder } from './order.ts';
import { heldAtMostUntil, spawnByOf } from './rules.ts';

export type ShardsOptions = {
  ledger: Ledger;
  scheduler: SchedulerClient;
  box: SecretBox;
  clock: Clock;
  /** Unguessable, at least 32 URL-safe characters. */
  newToken: () => string;
  newId: () => string;
  /** How long to wait for a claim's answer beyond the pool's queue time. */
  claimPatienceMs?: number;
};

export class WaitCancelled extends Error {
  readonly by: string | null;
  readonly failure: Failure;
  constructor(by: string | null, failure: Failure) {
    super('wait cancelled');
    this.by = by;
    this.failure = failure;
  }
}

/** Not stored until `move` is. */
export type Granted = {
  row: ClaimRow;
  move: Move & { patch: ClaimPatch };
  /** Decrypted. */
  key: { instanceId: string; token: string };
  cancellation: () => WaitCancelled | null;
};

/**
 * Each shard owns a share of every pool. Tries the shard with the fewest open claims of ours first, round-robin among
 * equals, and the next one if its share is in use.
 */
export function createShardClaimer(options: ShardsOptions) {
  const { ledger, scheduler, box, clock, newToken, newId, claimPatienceMs = 8_000 } = options;
  const waiting = new Map<string, AbortController>();
  let turn = 0;

  /** A claim at an exhausted shard waits there for `max_queue_time`, even while another shard has idle instances. */
  function shardOrder(addresses: string[], containerId: string): string[] {
    const start = turn++ % Math.max(1, addresses.length);
    const rotated = [...addresses.slice(start), ...addresses.slice(0, start)];
    const ours = new Map(addresses.map((address) => [address, 0]));
    for (const { container_id, scheduler_address: at } of ledger.openRows.values()) {
      const count = at === null || container_id !== containerId ? undefined : ours.get(at);
      if (at !== null && count !== undefined) ours.set(at, count + 1);
    }
    return rotated.toSorted((a, b) => (ours.get(a) ?? 0) - (ours.get(b) ?? 0));
  }

  /**
   * Tries shards until one grants an instance, each with a fresh token; `keep` stores the grant. Returns the claim,
   * still `requested` if a shard's answer left its outcome open, and who cancelled it meanwhile. Throws if it was refused.
   */
  async function claim(
    container: FunctionContainer,
    order: ClaimOrder,
    keep: (granted: Granted) => Promise<ClaimRow>,
  ): Promise<{ row: ClaimRow; cancelled: WaitCancelled | null }> {
    const shards = shardOrder(await scheduler.addresses(), container.containerId);
    const wait = new AbortController();
    const cancellation = (): WaitCancelled | null => {
      const { reason } = wait.signal as { reason: unknown };
      return reason instanceof WaitCancelled ? reason : null;
    };
    let row: ClaimRow | null = null;
    try {
      for (const [index, address] of shards.entries()) {
        const tried = await tryShard(row, { address, wait }, container, order);
        row = tried.row;
        const last = index === shards.length - 1;
        if ('error' in tried && !last && worthNextShard(tried.error)) continue;
        const after =
          'error' in tried
            ? await closeClaim(row, tried.error, container)
            : await keep({ ...tried, cancellation });
        return { row: after, cancelled: cancellation() };
      }
    } finally {
      if (row !== null) waiting.delete(row.id);
    }
    throw new AppError('upstream-unavailable', 'The scheduler has no address to claim from.', {
      hint: 'Nothing was claimed. Ask an admin to check the scheduler’s addresses.',
    });
  }

  async function tryShard(
    before: ClaimRow | null,
    { address, wait }: { address: string; wait: AbortController },
    container: FunctionContainer,
    order: ClaimOrder,
  ): Promise<Omit<Granted, 'cancellation'> | { row: ClaimRow; error: unknown }> {
    const token = newToken();
    const sentAt = clock.now();
    const sent = {
      token: box.seal(token),
      scheduler_address: address,
      spawn_by: heldAtMostUntil(sentAt, container.maxQueueTimeSeconds),
    };
    const row = before
      ? await ledger.move(before, 'requested', { actor: null, cause: 'tried at the next shard', patch: sent })
      : await ledger.open(
          { ...newClaimRow({ id: newId(), container, order, now: sentAt, box }), ...sent },
          order.cause ?? 'claim requested',
          order.requestKey,
        );
    waiting.set(row.id, wait);
    const timeoutMs = (container.maxQueueTimeSeconds ?? 0) * 1_000 + claimPatienceMs;
    try {
      const limits = { timeoutMs, signal: wait.signal };
      const { instanceId } = await scheduler.claim(address, container.containerId, token, limits);
      const answeredAt = clock.now();
      const move = {
        actor: order.owner,
        cause: 'the scheduler assigned an instance',
        answer: '200',
        patch: { instance_id: instanceId, claimed_at: answeredAt, spawn_by: spawnByOf(sentAt, answeredAt) },
      };
      return { row, move, key: { instanceId, token } };
    } catch (error) {
      if (!(error instanceof UpstreamError) && !(error instanceof WaitCancelled)) throw error;
      return { row, error };
    }
  }

  async function closeClaim(row: ClaimRow, error: unknown, container: FunctionContainer): Promise<ClaimRow> {
    if (error instanceof WaitCancelled) {
      const { by: actor, failure } = error;
      return ledger.move(row, 'requested', { actor, cause: 'cancelled while it waited', failure });
    }
    const answer = answerOf(error);
    if (certainlyNotDone(error)) {
      const failure = failureOf(error, refusalMessage(error, 'Nothing was claimed.', 'claim again'));
      const cause = 'refused by the scheduler';
      await ledger.move(row, 'refused', { actor: row.owner, cause, answer, failure });
      throw refusedClaim(error, failure, container.name);
    }
    const failure = failureOf(
      error,
      'If an instance was assigned, it goes back to the pool by itself within seconds. Then claim again.',
    );
    const cause = 'the claim was not answered';
    return ledger.move(row, 'requested', { actor: null, cause, answer, failure });
  }

  const abortWait = (claimId: string, why: WaitCancelled): boolean => {
    const call = waiting.get(claimId);
    call?.abort(why);
    return call !== undefined;
  };

  return {
    claim,
    /** Returns false if this process has no call in flight for the claim. */
    cancel: (claimId: string, by: string | null): boolean =>
      abortWait(claimId, new WaitCancelled(by, cancelledFailure)),
    /** For a stopping server. */
    interrupt: (claimId: string): boolean => abortWait(claimId, new WaitCancelled(null, interruptedFailure)),
  };
}

function worthNextShard(error: unknown): boolean {
  // Safe with a fresh token: an instance the first shard may hold returns to the pool after ten seconds.
  return (
    hasCode(error, '504.not-available') || (error instanceof UpstreamError && error.fault === 'unreachable')
  );
}
