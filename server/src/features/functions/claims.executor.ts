import type { Clock } from '../../clock.ts';
import { AppError, UpstreamError } from '../../errors.ts';
import type { SecretBox } from '../../secret-box.ts';
import type { ClaimRow } from '../../store/claims.ts';
import type { SchedulerClient } from '../../upstream/scheduler/client.ts';
import { answerOf, certainlyNotDone, failureOf, hasCode, isGone, refusedClaim } from './claims.answers.ts';
import type { Ledger, Move } from './claims.ledger.ts';
import { heldAtMostUntil, spawnByOf } from './claims.rules.ts';
import type { FunctionContainer } from './function-directory.ts';

type Options = {
  ledger: Ledger;
  scheduler: SchedulerClient;
  box: SecretBox;
  clock: Clock;
  /** An unguessable token, at least 32 URL-safe characters. */
  newToken: () => string;
  newId: () => string;
};

export type ClaimExecutor = ReturnType<typeof createClaimExecutor>;

/** Beyond the pool's own queue time, how long a claim is waited for. */
const claimPatienceMs = 8_000;

/** Carries out claim, spawn and release: intent into the ledger first, then the call, then what came of it. */
export function createClaimExecutor({ ledger, scheduler, box, clock, newToken, newId }: Options) {
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

  /**
   * Spawns a claimed instance once. Returns the claim `running`, or `spawning` where no answer came: then only looking
   * settles it, never a second spawn. Throws where the scheduler certainly did nothing.
   */
  async function spawn(
    claimed: ClaimRow,
    container: FunctionContainer | null,
    environmentVariables: Record<string, string>,
    actor: string,
  ): Promise<ClaimRow> {
    const limit = container?.maxRuntimeSeconds ?? null;
    const held = heldBy(claimed);
    const row = await ledger.move(claimed, 'spawning', {
      actor,
      cause: 'spawn asked for',
      patch: {
        variables: box.seal(JSON.stringify(environmentVariables)),
        variable_names: JSON.stringify(Object.keys(environmentVariables)),
        runs_until: limit === null ? null : clock.now() + limit * 1_000,
      },
    });
    try {
      await scheduler.spawn(addressOf(row), row.container_id, { ...held, environmentVariables });
    } catch (error) {
      return await closeSpawn(row, error, actor);
    }
    const patch = { spawned_at: clock.now() };
    return ledger.move(row, 'running', { actor, cause: 'spawned', answer: '200', patch });
  }

  async function closeSpawn(row: ClaimRow, error: unknown, actor: string): Promise<ClaimRow> {
    const answer = answerOf(error);
    // "Already spawned" answers a spawn whose first answer was lost on the way: look, don't judge.
    if (certainlyNotDone(error) && !hasCode(error, '403.invalid-state')) {
      const gone = isGone(error);
      const failure = failureOf(
        error,
        gone ? 'Claim again.' : 'Nothing was started; spawn again while it lasts.',
      );
      await ledger.move(row, gone ? 'expired' : 'claimed', {
        actor,
        cause: 'the spawn was refused',
        answer,
        failure,
        patch: { runs_until: null },
      });
      if (!gone) throw error;
      throw new AppError('not-allowed-now', 'The claim was over before the spawn reached the scheduler.', {
        hint: 'Nothing was started. Claim again.',
        cause: error,
      });
    }
    const failure = failureOf(
      error,
      'Whether the instance was started is being looked up; do not spawn again.',
    );
    return ledger.move(row, 'spawning', {
      actor: null,
      cause: 'the spawn was not answered',
      answer,
      failure,
    });
  }

  /**
   * Gives the instance back. Returns the claim `released`, `expired` where it was over already, or `releasing` where no
   * answer came. A certain refusal throws and leaves the claim as it was; with no actor it stays `releasing`, to be
   * tried again.
   */
  async function release(held: ClaimRow, actor: string | null, cause: string): Promise<ClaimRow> {
    const key = heldBy(held);
    const row = held.state === 'releasing' ? held : await ledger.move(held, 'releasing', { actor, cause });
    try {
      await scheduler.release(addressOf(row), row.container_id, key);
    } catch (error) {
      return await closeRelease(row, error, actor, held);
    }
    return ledger.move(row, 'released', { actor, cause: 'released', answer: '200' });
  }

  async function closeRelease(
    row: ClaimRow,
    error: unknown,
    actor: string | null,
    before: ClaimRow,
  ): Promise<ClaimRow> {
    const answer = answerOf(error);
    const step = (move: Omit<Move, 'actor' | 'answer'>): Move => ({ actor, answer, ...move });
    if (isGone(error)) {
      const to = row.spawned_at === null ? 'expired' : 'released';
      return ledger.move(row, to, step({ cause: 'it was back in the pool already' }));
    }
    if (certainlyNotDone(error) && actor !== null) {
      const failure = failureOf(error, 'Nothing was released; try again.');
      await ledger.move(
        row,
        before.spawned_at === null ? 'claimed' : 'running',
        step({ cause: 'refused', failure }),
      );
      throw error;
    }
    const failure = failureOf(error, 'The release is looked up and tried again until it is done.');
    return ledger.move(row, 'releasing', step({ cause: 'the release was not answered', failure }));
  }

  const heldBy = (row: ClaimRow): { instanceId: string; token: string } => {
    if (row.instance_id === null) throw new Error(`claim ${row.id} has no instance`);
    return { instanceId: row.instance_id, token: box.open(row.token) };
  };

  return { claim, spawn, release };
}

function worthNextShard(error: unknown): boolean {
  // A fresh token at another shard can't meet the first: what that one may hold falls back after ten seconds.
  return (
    hasCode(error, '504.not-available') || (error instanceof UpstreamError && error.fault === 'unreachable')
  );
}

function addressOf(row: ClaimRow): string {
  if (row.scheduler_address === null) throw new Error(`claim ${row.id} has no scheduler address`);
  return row.scheduler_address;
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
