import type { AdoptRequest, Claim, ClaimRequest, ClaimSecrets } from '@cyclorama/shared/claims.ts';
import type { ClaimAction } from '@cyclorama/shared/rules/claims.ts';

import { AppError } from '../../../lib/errors.ts';
import type { RequestKey } from '../../../lib/idempotency.ts';
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

const RELEASE_CONCURRENCY = 8;
/** States a cancelled claim passes through if the grant comes at the same moment. */
const statesAfterGrant = ['claimed', 'releasing'];

export function createClaimActions(parts: ClaimsParts) {
  const { clock, directory, mutex, executor, runs, ledger, box, putOnRecord } = parts;
  const adopt = createAdopter(parts);

  const refusal = (action: ClaimAction, row: ClaimRow): string | null => refusalOf(action, row, clock.now());

  const act = (id: string, person: Person, work: (row: ClaimRow) => Promise<ClaimRow>): Promise<Claim> =>
    mutex.run(id, async () => presentClaim(await work(await parts.ownedBy(id, person))));

  const request = async (
    body: ClaimRequest,
    person: Person,
    requestKey: RequestKey | null = null,
  ): Promise<Claim> => {
    const container = enabled(parts.containerOf(body.containerId));
    const row = await runs.run(container, {
      owner: person.name,
      environmentVariables: body.spawn?.environmentVariables ?? null,
      releaseAfterSeconds: body.releaseAfterSeconds ?? null,
      requestKey,
    });
    return presentClaim(row);
  };

  const release = (id: string, person: Person): Promise<Claim> =>
    act(id, person, (row) => {
      refuseIf(refusal('release', row));
      return executor.release(row, person.name, 'release requested');
    });

  /** If another process waits for the answer, it finds the cancellation in the ledger. */
  const cancelWait = async (row: ClaimRow, person: Person): Promise<ClaimRow> => {
    const stopped = ledger.next(
      row.id,
      (step) => refusal('cancel', step) !== null && !statesAfterGrant.includes(step.state),
    );
    if (executor.cancel(row.id, person.name)) return stopped.row;
    stopped.forget();
    const note = { actor: person.name, cause: 'cancelled while it waited', failure: cancelledFailure };
    return ledger.move(row, 'requested', note);
  };

  return {
    request,

    spawn: (
      id: string,
      environmentVariables: Record<string, string>,
      person: Person,
      requestKey: RequestKey | null = null,
    ): Promise<Claim> =>
      act(id, person, (row) => {
        refuseIf(refusal('spawn', row));
        return runs.spawn(row, { environmentVariables, actor: person.name, requestKey });
      }),

    /** An unanswered release returns `releasing` and is retried until done. */
    release,

    /**
     * The claim stays `requested` until it can't be granted any more, then expires. One that is granted at the same
     * moment is released.
     */
    async cancel(id: string, person: Person): Promise<Claim> {
      const row = await parts.ownedBy(id, person);
      refuseIf(refusal('cancel', row));
      return presentClaim(await cancelWait(row, person));
    },

    async retry(id: string, person: Person, requestKey: RequestKey | null = null): Promise<Claim> {
      const row = await parts.ownedBy(id, person);
      refuseIf(refusal('retry', row));
      const container = enabled(parts.containerOf(row.container_id));
      const again = await runs.run(container, {
        owner: person.name,
        environmentVariables: storedVariables(row, box),
        releaseAfterSeconds: row.release_after_seconds,
        retryOf: row.id,
        cause: 'retried',
        requestKey,
      });
      return presentClaim(again);
    },

    async adopt(body: AdoptRequest, person: Person, requestKey: RequestKey | null = null): Promise<Claim> {
      const container = parts.containerOf(body.containerId);
      const known = directory.instances().find((one) => one.id === body.instanceId);
      if (known !== undefined && known.containerId !== body.containerId) {
        const message = `This instance does not belong to ${container.name}. Nothing was adopted.`;
        throw new AppError('not-found', message, { field: 'body.instanceId' });
      }
      const key = `instance ${body.instanceId}`;
      return presentClaim(
        await mutex.run(key, () => adopt(container, body, { owner: person.name, requestKey })),
      );
    },

    async reveal(id: string, person: Person): Promise<ClaimSecrets> {
      const row = await parts.ownedBy(id, person);
      const secrets = storedSecrets(row, box);
      const subject = { kind: 'claim', id: row.id, name: row.container_name };
      const detail = 'Token and variables were shown.';
      await putOnRecord({ actor: person.name, action: 'claim.reveal', subject, outcome: 'done', detail });
      return secrets;
    },

    /**
     * Releases the person's held claims and cancels their waiting ones, of one container or of all. `released` includes
     * those still `releasing`; `failed` are those the scheduler refused. Batches continue.
     */
    async releaseMine(
      containerId: string | undefined,
      person: Person,
    ): Promise<{ released: number; failed: number }> {
      const mine = (await ledger.refresh()).filter(
        (row) =>
          row.owner === person.name &&
          (containerId === undefined || row.container_id === containerId) &&
          (refusal('release', row) === null || refusal('cancel', row) === null),
      );
      const releaseOrCancel = (row: ClaimRow): Promise<unknown> =>
        row.state === 'requested' ? cancelWait(row, person) : release(row.id, person);
      const outcomes = await settleWithLimit(mine, RELEASE_CONCURRENCY, releaseOrCancel);
      const failed = outcomes.filter((outcome) => outcome.status === 'rejected').length;
      return { released: mine.length - failed, failed };
    },
  };
}
