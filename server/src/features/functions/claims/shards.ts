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
  refusedMeans,
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
  /** An unguessable token, at least 32 URL-safe characters. */
  newToken: () => string;
  newId: () => string;
  /** Beyond the pool's own queue time, how long a claim is waited for. */
  claimPatienceMs?: number;
};

/** Why waiting for an answer was broken off, as an abort's reason. */
export class GivenUp extends Error {
  readonly by: string | null;
  readonly failure: Failure;
  constructor(by: string | null, failure: Failure) {
    super('given up');
    this.by = by;
    this.failure = failure;
  }
}

/** An instance that was set aside, not stored yet; `move` says how it is. */
export type Granted = {
  row: ClaimRow;
  move: Move & { patch: ClaimPatch };
  /** The claim's key, unsealed. */
  held: { instanceId: string; token: string };
  /** Who gave the claim up so far, if anyone. */
  givenUp: () => GivenUp | null;
};

/**
 * Claims on the scheduler's shards, which each own a share of every pool: first where fewest of ours are open, in turn
 * among equals, and on to the next where one is empty.
 */
export function createShardClaimer(options: ShardsOptions) {
  const { ledger, scheduler, box, clock, newToken, newId, claimPatienceMs = 8_000 } = options;
  const waiting = new Map<string, AbortController>();
  let turn = 0;

  /** A claim at a shard whose share is in use waits there for `max_queue_time`, while another may have idle instances. */
  function inOrder(addresses: string[], containerId: string): string[] {
    const start = turn++ % Math.max(1, addresses.length);
    const withRowLock = [...addresses.slice(start), ...addresses.slice(0, start)];
    const ours = new Map(addresses.map((address) => [address, 0]));
    for (const { container_id, scheduler_address: at } of ledger.openRows.values()) {
      const count = at === null || container_id !== containerId ? undefined : ours.get(at);
      if (at !== null && count !== undefined) ours.set(at, count + 1);
    }
    return withRowLock.toSorted((a, b) => (ours.get(a) ?? 0) - (ours.get(b) ?? 0));
  }

  /**
   * Claims on one shard after the other until one has an instance, each try with a fresh token, and hands what was
   * granted to `keep`, which stores it. Returns the claim, still `requested` where a shard left it open whether the claim exists, and who gave it up meanwhile, if anyone;
   * throws where it was refused.
   */
  async function claim(
    container: FunctionContainer,
    order: ClaimOrder,
    keep: (granted: Granted) => Promise<ClaimRow>,
  ): Promise<{ row: ClaimRow; givenUp: GivenUp | null }> {
    const shards = inOrder(await scheduler.addresses(), container.containerId);
    const wait = new AbortController();
    const givenUp = (): GivenUp | null => {
      const { reason } = wait.signal as { reason: unknown };
      return reason instanceof GivenUp ? reason : null;
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
            : await keep({ ...tried, givenUp });
        return { row: after, givenUp: givenUp() };
      }
    } finally {
      if (row !== null) waiting.delete(row.id);
    }
    throw new AppError('upstream-unavailable', 'The scheduler has no address to claim from.');
  }

  async function tryShard(
    before: ClaimRow | null,
    { address, wait }: { address: string; wait: AbortController },
    container: FunctionContainer,
    order: ClaimOrder,
  ): Promise<Omit<Granted, 'givenUp'> | { row: ClaimRow; error: unknown }> {
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
          order.cause ?? 'claim asked for',
        );
    waiting.set(row.id, wait);
    const timeoutMs = (container.maxQueueTimeSeconds ?? 0) * 1_000 + claimPatienceMs;
    try {
      const patience = { timeoutMs, signal: wait.signal };
      const { instanceId } = await scheduler.claim(address, container.containerId, token, patience);
      const answeredAt = clock.now();
      const move = {
        actor: order.owner,
        cause: 'the scheduler set an instance aside',
        answer: '200',
        patch: { instance_id: instanceId, claimed_at: answeredAt, spawn_by: spawnByOf(sentAt, answeredAt) },
      };
      return { row, move, held: { instanceId, token } };
    } catch (error) {
      if (!(error instanceof UpstreamError) && !(error instanceof GivenUp)) throw error;
      return { row, error };
    }
  }

  /** No further shard is tried: refused for certain, or to be waited out. */
  async function closeClaim(row: ClaimRow, error: unknown, container: FunctionContainer): Promise<ClaimRow> {
    if (error instanceof GivenUp) {
      const { by: actor, failure } = error;
      return ledger.move(row, 'requested', { actor, cause: 'given up while it waited', failure });
    }
    const answer = answerOf(error);
    if (certainlyNotDone(error)) {
      const failure = failureOf(error, refusedMeans(error, 'Nothing was claimed.', 'claim again'));
      const cause = 'refused by the scheduler';
      await ledger.move(row, 'refused', { actor: row.owner, cause, answer, failure });
      throw refusedClaim(error, failure, container.name);
    }
    const failure = failureOf(
      error,
      'An instance may be set aside; if so it goes back to the pool by itself within seconds. Then claim again.',
    );
    const cause = 'the claim was not answered';
    return ledger.move(row, 'requested', { actor: null, cause, answer, failure });
  }

  const breakOff = (claimId: string, why: GivenUp): boolean => {
    const call = waiting.get(claimId);
    call?.abort(why);
    return call !== undefined;
  };

  return {
    claim,
    /** Gives up a claim that waits for its answer. False where no call of this process is under way for it. */
    cancel: (claimId: string, by: string | null): boolean =>
      breakOff(claimId, new GivenUp(by, cancelledFailure)),
    /** Breaks a wait off because the server stops; nobody gave it up. */
    interrupt: (claimId: string): boolean => breakOff(claimId, new GivenUp(null, interruptedFailure)),
  };
}

function worthNextShard(error: unknown): boolean {
  // A fresh token at another shard can't meet the first: what that one may hold falls back after ten seconds.
  return (
    hasCode(error, '504.not-available') || (error instanceof UpstreamError && error.fault === 'unreachable')
  );
}
