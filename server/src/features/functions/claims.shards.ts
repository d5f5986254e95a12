import type { Clock } from '../../clock.ts';
import { AppError, UpstreamError } from '../../errors.ts';
import type { SecretBox } from '../../secret-box.ts';
import type { ClaimRow } from '../../store/claims.ts';
import type { SchedulerClient } from '../../upstream/scheduler/client.ts';
import { answerOf, certainlyNotDone, failureOf, hasCode, refusedClaim } from './claims.answers.ts';
import type { Ledger } from './claims.ledger.ts';
import { heldAtMostUntil, spawnByOf } from './claims.rules.ts';
import type { FunctionContainer } from './function-directory.ts';

export type ShardsOptions = {
  ledger: Ledger;
  scheduler: SchedulerClient;
  box: SecretBox;
  clock: Clock;
  /** An unguessable token, at least 32 URL-safe characters. */
  newToken: () => string;
  newId: () => string;
};

/** Beyond the pool's own queue time, how long a claim is waited for. */
const claimPatienceMs = 8_000;

/** Claims on the scheduler's shards, which each own a share of every pool: in turn, and on to the next where one is empty. */
export function createShardClaimer({ ledger, scheduler, box, clock, newToken, newId }: ShardsOptions) {
  let turn = 0;

  /**
   * Claims on one shard after the other until one has an instance, each try with a fresh token. Returns the claim,
   * still `requested` where a shard left it open whether the claim exists; throws where it was refused.
   */
  async function claim(container: FunctionContainer, owner: string): Promise<ClaimRow> {
    const all = await scheduler.addresses();
    const start = turn++ % Math.max(1, all.length);
    const shards = [...all.slice(start), ...all.slice(0, start)];
    let row: ClaimRow | null = null;
    for (const [index, address] of shards.entries()) {
      const tried = await tryShard(row, address, container, owner);
      row = tried.row;
      if (tried.error === undefined) return row;
      if (index < shards.length - 1 && worthNextShard(tried.error)) continue;
      return await closeClaim(row, tried.error, container);
    }
    throw new AppError('upstream-unavailable', 'The scheduler has no address to claim from.');
  }

  async function tryShard(
    before: ClaimRow | null,
    address: string,
    container: FunctionContainer,
    owner: string,
  ): Promise<{ row: ClaimRow; error?: unknown }> {
    const token = newToken();
    const sentAt = clock.now();
    const sent = {
      token: box.seal(token),
      scheduler_address: address,
      spawn_by: heldAtMostUntil(sentAt, container.maxQueueTimeSeconds),
    };
    let row = before
      ? await ledger.move(before, 'requested', { actor: null, cause: 'tried at the next shard', patch: sent })
      : await ledger.open({ ...newRow(newId(), container, owner, sentAt), ...sent }, 'claim asked for');
    const timeoutMs = (container.maxQueueTimeSeconds ?? 0) * 1_000 + claimPatienceMs;
    try {
      const { instanceId } = await scheduler.claim(address, container.containerId, token, timeoutMs);
      const answeredAt = clock.now();
      row = await ledger.move(row, 'claimed', {
        actor: owner,
        cause: 'the scheduler set an instance aside',
        answer: '200',
        patch: { instance_id: instanceId, claimed_at: answeredAt, spawn_by: spawnByOf(sentAt, answeredAt) },
      });
      return { row };
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return { row, error };
    }
  }

  /** No further shard is tried: refused for certain, or to be waited out. */
  async function closeClaim(row: ClaimRow, error: unknown, container: FunctionContainer): Promise<ClaimRow> {
    const answer = answerOf(error);
    if (certainlyNotDone(error)) {
      const failure = failureOf(error, 'Nothing was claimed.');
      await ledger.move(row, 'refused', {
        actor: row.owner,
        cause: 'refused by the scheduler',
        answer,
        failure,
      });
      throw refusedClaim(error, container.name);
    }
    const failure = failureOf(
      error,
      'An instance may be set aside; if so it goes back to the pool by itself within seconds. Then claim again.',
    );
    return ledger.move(row, 'requested', {
      actor: null,
      cause: 'the claim was not answered',
      answer,
      failure,
    });
  }

  return claim;
}

function worthNextShard(error: unknown): boolean {
  // A fresh token at another shard can't meet the first: what that one may hold falls back after ten seconds.
  return (
    hasCode(error, '504.not-available') || (error instanceof UpstreamError && error.fault === 'unreachable')
  );
}

function newRow(id: string, container: FunctionContainer, owner: string, now: number): ClaimRow {
  return {
    id,
    container_id: container.containerId,
    container_name: container.name,
    instance_id: null,
    scheduler_address: null,
    token: '',
    variables: null,
    variable_names: '[]',
    state: 'requested',
    owner,
    requested_at: now,
    spawn_by: null,
    claimed_at: null,
    spawned_at: null,
    runs_until: null,
    ended_at: null,
    failure_code: null,
    failure_message: null,
  };
}
