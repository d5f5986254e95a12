import type { AdoptRequest, Claim, ClaimRequest, ClaimSecrets } from '@cyclorama/shared/claims.ts';
import type { ClaimAction } from '@cyclorama/shared/rules/claims.ts';

import { AppError } from '../../../lib/errors.ts';
import type { Person } from '../../../lib/person.ts';
import { refuseIf } from '../../../lib/refuse.ts';
import { settleWithLimit } from '../../../lib/settle-with-limit.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import { createAdopter } from './adopt.ts';
import { cancelledFailure } from './answers.ts';
import { enabled } from './parts.ts';
import type { ClaimsParts } from './parts.ts';
import { presentClaim } from './presenter.ts';
import { refusalOf } from './rules.ts';
import { storedSecrets, storedVariables } from './secrets.ts';

const MOST_RELEASES_AT_ONCE = 8;
/** What a claim that is given up as it is granted goes through. */
const passing = ['claimed', 'releasing'];

/** What people do with claims: each checks who asks, then acts in the claim's turn. */
export function createClaimActions(parts: ClaimsParts) {
  const { clock, directory, mutex, executor, runs, ledger, box, record } = parts;
  const adopt = createAdopter(parts);

  const whyNot = (action: ClaimAction, row: ClaimRow): string | null => refusalOf(action, row, clock.now());

  const act = (id: string, person: Person, work: (row: ClaimRow) => Promise<ClaimRow>): Promise<Claim> =>
    mutex.run(id, async () => presentClaim(await work(await parts.ownedBy(id, person))));

  /** Claims an instance of a function container's pool, and spawns it at once where asked; see `ClaimRuns`. */
  const request = async (body: ClaimRequest, person: Person): Promise<Claim> => {
    const container = enabled(parts.containerOf(body.containerId));
    const row = await runs.run(container, {
      owner: person.name,
      environmentVariables: body.spawn?.environmentVariables ?? null,
      releaseAfterSeconds: body.releaseAfterSeconds ?? null,
    });
    return presentClaim(row);
  };

  const release = (id: string, person: Person): Promise<Claim> =>
    act(id, person, (row) => {
      refuseIf(whyNot('release', row));
      return executor.release(row, person.name, 'release asked for');
    });

  /** Breaks off the wait; where another process waits, it finds the note in the ledger. */
  const giveUp = async (row: ClaimRow, person: Person): Promise<ClaimRow> => {
    const stopped = ledger.next(
      row.id,
      (step) => whyNot('cancel', step) !== null && !passing.includes(step.state),
    );
    if (executor.cancel(row.id, person.name)) return stopped.row;
    stopped.forget();
    const note = { actor: person.name, cause: 'given up while it waited', failure: cancelledFailure };
    return ledger.move(row, 'requested', note);
  };

  return {
    request,

    /** Spawns a claimed instance once, within ten seconds of claiming. */
    spawn: (id: string, environmentVariables: Record<string, string>, person: Person): Promise<Claim> =>
      act(id, person, (row) => {
        refuseIf(whyNot('spawn', row));
        return runs.spawn(row, environmentVariables, person.name);
      }),

    /** Gives an instance back; a release that was not answered comes back `releasing` and is tried until done. */
    release,

    /**
     * Stops waiting for an instance. The claim stays `requested` until it can't be granted any more, then expires; one
     * that is granted at that very moment is released.
     */
    async cancel(id: string, person: Person): Promise<Claim> {
      const row = await parts.ownedBy(id, person);
      refuseIf(whyNot('cancel', row));
      return presentClaim(await giveUp(row, person));
    },

    /** Claims and spawns again with the variables of a claim that failed. */
    async retry(id: string, person: Person): Promise<Claim> {
      const row = await parts.ownedBy(id, person);
      refuseIf(whyNot('retry', row));
      const container = enabled(parts.containerOf(row.container_id));
      const again = await runs.run(container, {
        owner: person.name,
        environmentVariables: storedVariables(row, box),
        releaseAfterSeconds: row.release_after_seconds,
        retryOf: row.id,
        cause: 'tried again',
      });
      return presentClaim(again);
    },

    /** Takes over an instance that runs without a claim, by its token. */
    async adopt(body: AdoptRequest, person: Person): Promise<Claim> {
      const container = parts.containerOf(body.containerId);
      const known = directory.instances().find((one) => one.id === body.instanceId);
      if (known !== undefined && known.containerId !== body.containerId) {
        const message = `This instance does not belong to ${container.name}. Nothing was adopted.`;
        throw new AppError('not-found', message, { field: 'body.instanceId' });
      }
      const key = `instance ${body.instanceId}`;
      return presentClaim(await mutex.run(key, () => adopt(container, body, person.name)));
    },

    /** Token and variables of one claim; who looked is on record before they leave. */
    async reveal(id: string, person: Person): Promise<ClaimSecrets> {
      const row = await parts.ownedBy(id, person);
      const secrets = storedSecrets(row, box);
      const subject = { kind: 'claim', id: row.id, name: row.container_name };
      const detail = 'Token and variables were shown.';
      await record({ actor: person.name, action: 'claim.reveal', subject, outcome: 'done', detail });
      return secrets;
    },

    /**
     * Releases what the person holds and gives up what they wait for, of one container or of all. `released` counts
     * those given back and those on their way there; `failed` those the scheduler refused to take back. Batches go on.
     */
    async releaseMine(
      containerId: string | undefined,
      person: Person,
    ): Promise<{ released: number; failed: number }> {
      const mine = (await ledger.refresh()).filter(
        (row) =>
          row.owner === person.name &&
          (containerId === undefined || row.container_id === containerId) &&
          (whyNot('release', row) === null || whyNot('cancel', row) === null),
      );
      const letGo = (row: ClaimRow): Promise<unknown> =>
        row.state === 'requested' ? giveUp(row, person) : release(row.id, person);
      const outcomes = await settleWithLimit(mine, MOST_RELEASES_AT_ONCE, letGo);
      const failed = outcomes.filter((outcome) => outcome.status === 'rejected').length;
      return { released: mine.length - failed, failed };
    },
  };
}
