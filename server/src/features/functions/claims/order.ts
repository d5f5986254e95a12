import type { RequestKey } from '../../../lib/idempotency.ts';
import type { SecretBox } from '../../../lib/secret-box.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import type { FunctionContainer } from '../function-directory.ts';

export type ClaimOrder = {
  owner: string;
  /** Null: claim only, don't spawn. */
  environmentVariables: Record<string, string> | null;
  releaseAfterSeconds: number | null;
  batch?: { id: string; index: number; attempt: number };
  retryOf?: string | null;
  /** Of its first step; "claim requested" by default. */
  cause?: string;
  /** Stored with the claim. */
  requestKey?: RequestKey | null;
};

type Parts = { id: string; container: FunctionContainer; order: ClaimOrder; now: number; box: SecretBox };

/** Without the token, address and window, which belong to one attempt at one shard. */
export function newClaimRow({ id, container, order, now, box }: Parts): ClaimRow {
  const { owner, environmentVariables: variables, releaseAfterSeconds, batch, retryOf } = order;
  return {
    id,
    container_id: container.containerId,
    container_name: container.name,
    instance_id: null,
    scheduler_address: null,
    token: '',
    variables: variables === null ? null : box.seal(JSON.stringify(variables)),
    variable_names: JSON.stringify(Object.keys(variables ?? {})),
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
    release_after_seconds: releaseAfterSeconds,
    release_at: null,
    batch_id: batch?.id ?? null,
    batch_index: batch?.index ?? null,
    batch_attempt: batch?.attempt ?? null,
    retry_of: retryOf ?? null,
    adopted: 0,
  };
}
