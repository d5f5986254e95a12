import { AppError } from '../../../lib/errors.ts';
import type { RequestKey } from '../../../lib/idempotency.ts';
import { answerOf, failureOf } from '../../../lib/upstream-answer.ts';
import type { ClaimPatch, ClaimRow } from '../../../store/claims.ts';
import type { FunctionContainer } from '../function-directory.ts';
import { certainlyNotDone, hasCode, isGone, refusalMessage, withMessage } from './answers.ts';
import type { Move } from './ledger.ts';
import type { ClaimOrder } from './order.ts';
import { createShardClaimer } from './shards.ts';
import type { Granted, ShardsOptions } from './shards.ts';

export type SpawnOrder = {
  /** Null if the container is gone; its run time limit is then unknown. */
  container: FunctionContainer | null;
  environmentVariables: Record<string, string>;
  actor: string;
  releaseAtOnce?: boolean;
  /** Stored with the intent. */
  requestKey?: RequestKey | null;
};

export type ClaimExecutor = ReturnType<typeof createClaimExecutor>;

export function createClaimExecutor(options: ShardsOptions) {
  const { ledger, scheduler, box, clock } = options;
  const { claim: claimAtShards, cancel, interrupt } = createShardClaimer(options);

  const keepClaimed = ({ row, move }: Granted): Promise<ClaimRow> => ledger.move(row, 'claimed', move);

  /**
   * A claim that is granted as it is cancelled is released at once. `keep` stores the grant and may spawn it. See
   * `createShardClaimer`.
   */
  async function claim(
    container: FunctionContainer,
    order: ClaimOrder,
    keep: (granted: Granted) => Promise<ClaimRow> = keepClaimed,
  ): Promise<ClaimRow> {
    const { row, cancelled } = await claimAtShards(container, order, keep);
    if (cancelled === null || row.state !== 'claimed') return row;
    return release(row, cancelled.by, 'cancelled as it was granted');
  }

  /**
   * Returns the claim `running`, or `spawning` without an answer: then only a read settles it, never a second spawn.
   * Throws if the scheduler certainly did nothing.
   */
  async function spawn(claimed: ClaimRow, order: SpawnOrder): Promise<ClaimRow> {
    const key = keyOf(claimed);
    const { environmentVariables: variables } = order;
    const intent = spawnIntent(order, {
      variables: box.seal(JSON.stringify(variables)),
      variable_names: JSON.stringify(Object.keys(variables)),
    });
    const { requestKey } = order;
    return sendSpawn(await ledger.move(claimed, 'spawning', { ...intent, requestKey }), key, order);
  }

  /**
   * Stores the grant and the spawn in one write, then spawns; a cancelled claim is not spawned. Its variables were
   * stored with the claim.
   */
  async function spawnGranted(granted: Granted, order: SpawnOrder): Promise<ClaimRow> {
    const { row, move, key, cancellation } = granted;
    if (cancellation() !== null) return keepClaimed(granted);
    const via = { state: 'claimed' as const, ...move };
    const spawning = await ledger.move(row, 'spawning', { ...spawnIntent(order), via });
    if (cancellation() === null) return sendSpawn(spawning, key, order);
    const cause = 'cancelled before the spawn was sent';
    return ledger.move(spawning, 'claimed', { actor: null, cause, patch: { runs_until: null } });
  }

  function spawnIntent({ container, actor }: SpawnOrder, patch: ClaimPatch = {}): Move {
    const limit = container?.maxRuntimeSeconds ?? null;
    const runsUntil = limit === null ? null : clock.now() + limit * 1_000;
    return { actor, cause: 'spawn requested', patch: { ...patch, runs_until: runsUntil } };
  }

  async function sendSpawn(
    row: ClaimRow,
    key: Granted['key'],
    { environmentVariables, actor, releaseAtOnce = false }: SpawnOrder,
  ): Promise<ClaimRow> {
    try {
      await scheduler.spawn(addressOf(row), row.container_id, { ...key, environmentVariables });
    } catch (error) {
      return await closeSpawn(row, error, actor);
    }
    const spawned = { actor, cause: 'spawned', answer: '200', patch: { spawned_at: clock.now() } };
    if (!releaseAtOnce) return ledger.move(row, 'running', spawned);
    const cause = 'set to be released at once';
    const via = { state: 'running' as const, ...spawned };
    return release(await ledger.move(row, 'releasing', { actor: null, cause, via }), null, cause, key);
  }

  async function closeSpawn(row: ClaimRow, error: unknown, actor: string): Promise<ClaimRow> {
    const answer = answerOf(error);
    // "Already spawned" may answer a spawn whose first answer was lost, so the outcome is still open.
    if (certainlyNotDone(error) && !hasCode(error, '403.invalid-state')) {
      const gone = isGone(error);
      const failure = failureOf(
        error,
        gone
          ? 'Claim again.'
          : refusalMessage(error, 'Nothing was started.', 'spawn again within the ten seconds'),
      );
      await ledger.move(row, gone ? 'expired' : 'claimed', {
        actor,
        cause: 'the spawn was refused',
        answer,
        failure,
        patch: { runs_until: null },
      });
      if (!gone) throw withMessage(error, failure);
      throw new AppError('not-allowed-now', 'The claim was over before the spawn reached the scheduler.', {
        hint: 'Nothing was started. Claim again.',
        cause: error,
      });
    }
    const failure = failureOf(
      error,
      'Cyclorama is checking whether the instance started; do not spawn again.',
    );
    return ledger.move(row, 'spawning', {
      actor: null,
      cause: 'the spawn was not answered',
      answer,
      failure,
    });
  }

  /**
   * Returns the claim `released`, `expired` if it was over already, or `releasing` without an answer. A certain refusal
   * throws and restores the claim's state; without an actor it stays `releasing`, to be retried.
   */
  async function release(
    before: ClaimRow,
    actor: string | null,
    cause: string,
    key = keyOf(before),
  ): Promise<ClaimRow> {
    const row =
      before.state === 'releasing' ? before : await ledger.move(before, 'releasing', { actor, cause });
    try {
      await scheduler.release(addressOf(row), row.container_id, key);
    } catch (error) {
      return await closeRelease(row, error, actor, before);
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
    if (row.adopted === 1 && hasCode(error, '403.mismatch')) return closeWrongToken(row, answer, actor);
    const step = (move: Omit<Move, 'actor' | 'answer'>): Move => ({ actor, answer, ...move });
    if (isGone(error)) {
      const to = row.spawned_at === null ? 'expired' : 'released';
      return ledger.move(row, to, step({ cause: 'already back in the pool' }));
    }
    if (certainlyNotDone(error) && actor !== null) {
      const failure = failureOf(error, refusalMessage(error, 'Nothing was released.', 'release again'));
      await ledger.move(
        row,
        before.spawned_at === null ? 'claimed' : 'running',
        step({ cause: 'refused', failure }),
      );
      throw withMessage(error, failure);
    }
    const failure = failureOf(error, 'Cyclorama retries the release until it is done.');
    return ledger.move(row, 'releasing', step({ cause: 'the release was not answered', failure }));
  }

  /** A token typed in by hand can be wrong: then the instance can't be released and keeps running. */
  async function closeWrongToken(row: ClaimRow, answer: string, actor: string | null): Promise<ClaimRow> {
    const message =
      'The scheduler refused the token it was adopted with. The instance was not released and keeps running. ' +
      'Adopt it again with the right token.';
    const failure = { code: '403.mismatch', message };
    return ledger.move(row, 'lost', { actor, cause: 'the scheduler refused the token', answer, failure });
  }

  const keyOf = (row: ClaimRow): Granted['key'] => {
    if (row.instance_id === null) throw new Error(`claim ${row.id} has no instance`);
    return { instanceId: row.instance_id, token: box.open(row.token) };
  };

  return { claim, cancel, interrupt, spawn, spawnGranted, release };
}

function addressOf(row: ClaimRow): string {
  if (row.scheduler_address === null) throw new Error(`claim ${row.id} has no scheduler address`);
  return row.scheduler_address;
}
