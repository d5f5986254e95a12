import type { AdoptRequest } from '@cyclorama/shared/claims.ts';

import type { Clock } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { RequestKey } from '../../../lib/idempotency.ts';
import type { SecretBox } from '../../../lib/secret-box.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import type { SchedulerClient } from '../../../upstream/scheduler/client.ts';
import type { FunctionContainer } from '../function-directory.ts';
import type { Ledger } from './ledger.ts';
import { newClaimRow } from './order.ts';

type Options = {
  ledger: Ledger;
  scheduler: SchedulerClient;
  box: SecretBox;
  clock: Clock;
  newId: () => string;
};

/**
 * The token can't be checked without ending the run, so it is trusted until a release. Throws AppError if the instance
 * is held by a claim or not running.
 */
export function createAdopter({ ledger, scheduler, box, clock, newId }: Options) {
  return async (
    container: FunctionContainer,
    body: AdoptRequest,
    { owner, requestKey }: { owner: string; requestKey: RequestKey | null },
  ): Promise<ClaimRow> => {
    const { instanceId, token } = body;
    const { instances } = await scheduler.active(container.containerId);
    const found = instances.find((instance) => instance.instanceId === instanceId);
    if (found === undefined) {
      const message = `The scheduler lists no running instance of ${container.name} with this id.`;
      throw new AppError('not-found', `${message} Nothing was adopted.`, { field: 'body.instanceId' });
    }
    const held = (await ledger.refresh()).find((row) => row.instance_id === instanceId);
    if (held !== undefined) {
      throw new AppError('conflict', `${held.owner} already holds this instance. Nothing was adopted.`, {
        field: 'body.instanceId',
      });
    }
    const now = clock.now();
    const startedAt = found.startedAt ?? now;
    const limit = container.maxRuntimeSeconds;
    const order = { owner, environmentVariables: null, releaseAfterSeconds: null };
    const row: ClaimRow = {
      ...newClaimRow({ id: newId(), container, order, now, box }),
      state: 'running',
      adopted: 1,
      instance_id: instanceId,
      scheduler_address: found.address,
      token: box.seal(token),
      spawned_at: startedAt,
      runs_until: limit === null ? null : startedAt + limit * 1_000,
    };
    return ledger.open(row, 'adopted while running', requestKey);
  };
}
