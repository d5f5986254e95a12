import type { SecretBox } from '../../../lib/secret-box.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import type { FunctionContainer } from '../function-directory.ts';

/** What is asked of a new claim; it is stored before the first request leaves. */
export type ClaimOrder = {
  owner: string;
  /** To be spawned with once claimed; null: claimed only. */
  environmentVariables: Record<string, string> | null;
  releaseAfterSeconds: number | null;
  /** The run of a batch it carries out. */
  batch?: { id: string; index: number; attempt: number };
  retryOf?: string | null;
  /** The first line of its life; "claim asked for" unless said. */
  cause?: string;
};

type Parts = { id: string; container: FunctionContainer; order: ClaimOrder; now: number; box: SecretBox };

/** The first row of a claim, without what belongs to one try at one shard. */
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
