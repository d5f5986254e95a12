import { AppError } from '../../../lib/errors.ts';
import { answerOf, failureOf } from '../../../lib/upstream-answer.ts';
import type { ClaimPatch, ClaimRow } from '../../../store/claims.ts';
import type { FunctionContainer } from '../function-directory.ts';
import { certainlyNotDone, hasCode, isGone, refusedMeans, withWords } from './answers.ts';
import type { Move } from './ledger.ts';
import type { ClaimOrder } from './order.ts';
import { createShardClaimer } from './shards.ts';
import type { Granted, ShardsOptions } from './shards.ts';

/** What to spawn with, for whom. */
export type SpawnOrder = {
  /** Null where the container is not known any more: then no limit is either. */
  container: FunctionContainer | null;
  environmentVariables: Record<string, string>;
  actor: string;
  /** To be given back as soon as it runs. */
  releaseAtOnce?: boolean;
};

export type ClaimExecutor = ReturnType<typeof createClaimExecutor>;

/** Carries out claim, spawn and release: intent into the ledger first, then the call, then what came of it. */
export function createClaimExecutor(options: ShardsOptions) {
  const { ledger, scheduler, box, clock } = options;
  const { claim: claimAtShards, cancel, interrupt } = createShardClaimer(options);

  const keepClaimed = ({ row, move }: Granted): Promise<ClaimRow> => ledger.move(row, 'claimed', move);

  /**
   * Claims an instance; one that is granted in the moment it is given up is let go at once. `keep` stores what was
   * granted, and may go on with it. See `createShardClaimer`.
   */
  async function claim(
    container: FunctionContainer,
    order: ClaimOrder,
    keep: (granted: Granted) => Promise<ClaimRow> = keepClaimed,
  ): Promise<ClaimRow> {
    const { row, givenUp } = await claimAtShards(container, order, keep);
    if (givenUp === null || row.state !== 'claimed') return row;
    return release(row, givenUp.by, 'given up as it was granted');
  }

  /**
   * Spawns a claimed instance once. Returns the claim `running`, or `spawning` where no answer came: then only looking
   * settles it, never a second spawn. Throws where the scheduler certainly did nothing.
   */
  async function spawn(claimed: ClaimRow, order: SpawnOrder): Promise<ClaimRow> {
    const held = heldBy(claimed);
    const { environmentVariables: variables } = order;
    const intent = spawnIntent(order, {
      variables: box.seal(JSON.stringify(variables)),
      variable_names: JSON.stringify(Object.keys(variables)),
    });
    return sendSpawn(await ledger.move(claimed, 'spawning', intent), held, order);
  }

  /**
   * Stores what was granted and the spawn of it in one write, then spawns; not where it was given up meanwhile. Its
   * variables were stored with the claim.
   */
  async function spawnGranted(granted: Granted, order: SpawnOrder): Promise<ClaimRow> {
    const { row, move, held, givenUp } = granted;
    if (givenUp() !== null) return keepClaimed(granted);
    const via = { state: 'claimed' as const, ...move };
    const spawning = await ledger.move(row, 'spawning', { ...spawnIntent(order), via });
    if (givenUp() === null) return sendSpawn(spawning, held, order);
    const cause = 'given up before the spawn was sent';
    return ledger.move(spawning, 'claimed', { actor: null, cause, patch: { runs_until: null } });
  }

  function spawnIntent({ container, actor }: SpawnOrder, patch: ClaimPatch = {}): Move {
    const limit = container?.maxRuntimeSeconds ?? null;
    const runsUntil = limit === null ? null : clock.now() + limit * 1_000;
    return { actor, cause: 'spawn asked for', patch: { ...patch, runs_until: runsUntil } };
  }

  async function sendSpawn(
    row: ClaimRow,
    held: Granted['held'],
    { environmentVariables, actor, releaseAtOnce = false }: SpawnOrder,
  ): Promise<ClaimRow> {
    try {
      await scheduler.spawn(addressOf(row), row.container_id, { ...held, environmentVariables });
    } catch (error) {
      return await closeSpawn(row, error, actor);
    }
    const spawned = { actor, cause: 'spawned', answer: '200', patch: { spawned_at: clock.now() } };
    if (!releaseAtOnce) return ledger.move(row, 'running', spawned);
    const cause = 'to be released as soon as it ran';
    const via = { state: 'running' as const, ...spawned };
    return release(await ledger.move(row, 'releasing', { actor: null, cause, via }), null, cause, held);
  }

  async function closeSpawn(row: ClaimRow, error: unknown, actor: string): Promise<ClaimRow> {
    const answer = answerOf(error);
    // "Already spawned" answers a spawn whose first answer was lost on the way: look, don't judge.
    if (certainlyNotDone(error) && !hasCode(error, '403.invalid-state')) {
      const gone = isGone(error);
      const failure = failureOf(
        error,
        gone
          ? 'Claim again.'
          : refusedMeans(error, 'Nothing was started.', 'spawn again within the ten seconds'),
      );
      await ledger.move(row, gone ? 'expired' : 'claimed', {
        actor,
        cause: 'the spawn was refused',
        answer,
        failure,
        patch: { runs_until: null },
      });
      if (!gone) throw withWords(error, failure);
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
  async function release(
    before: ClaimRow,
    actor: string | null,
    cause: string,
    held = heldBy(before),
  ): Promise<ClaimRow> {
    const row =
      before.state === 'releasing' ? before : await ledger.move(before, 'releasing', { actor, cause });
    try {
      await scheduler.release(addressOf(row), row.container_id, held);
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
    if (row.adopted === 1 && hasCode(error, '403.mismatch')) return closeMisfit(row, answer, actor);
    const step = (move: Omit<Move, 'actor' | 'answer'>): Move => ({ actor, answer, ...move });
    if (isGone(error)) {
      const to = row.spawned_at === null ? 'expired' : 'released';
      return ledger.move(row, to, step({ cause: 'it was back in the pool already' }));
    }
    if (certainlyNotDone(error) && actor !== null) {
      const failure = failureOf(error, refusedMeans(error, 'Nothing was released.', 'release again'));
      await ledger.move(
        row,
        before.spawned_at === null ? 'claimed' : 'running',
        step({ cause: 'refused', failure }),
      );
      throw withWords(error, failure);
    }
    const failure = failureOf(error, 'The release is looked up and tried again until it is done.');
    return ledger.move(row, 'releasing', step({ cause: 'the release was not answered', failure }));
  }

  /** A token typed in by hand can be wrong: then the instance is not ours to release, and goes on. */
  async function closeMisfit(row: ClaimRow, answer: string, actor: string | null): Promise<ClaimRow> {
    const message =
      'The token it was adopted with does not fit, so the instance was not released and runs on. ' +
      'Adopt it again with the right one.';
    const failure = { code: '403.mismatch', message };
    return ledger.move(row, 'lost', { actor, cause: 'the token does not fit', answer, failure });
  }

  const heldBy = (row: ClaimRow): Granted['held'] => {
    if (row.instance_id === null) throw new Error(`claim ${row.id} has no instance`);
    return { instanceId: row.instance_id, token: box.open(row.token) };
  };

  return { claim, cancel, interrupt, spawn, spawnGranted, release };
}

function addressOf(row: ClaimRow): string {
  if (row.scheduler_address === null) throw new Error(`claim ${row.id} has no scheduler address`);
  return row.scheduler_address;
}
