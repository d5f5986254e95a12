import type { Claim, ClaimDetail, ClaimState, DurationsResponse } from '@cyclorama/shared/claims.ts';
import type { Selectable } from 'kysely';

import { isoOf } from '../../../lib/clock.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import type { TransitionTable } from '../../../store/schema.ts';

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/** Leaves out the token, the values of variables and the shard's address. */
export function presentClaim(row: ClaimRow): Claim {
  return {
    id: row.id,
    containerId: row.container_id,
    containerName: row.container_name,
    instanceId: row.instance_id,
    state: row.state,
    owner: row.owner,
    requestedAt: isoOf(row.requested_at),
    spawnBy: isoOrNull(row.spawn_by),
    claimedAt: isoOrNull(row.claimed_at),
    spawnedAt: isoOrNull(row.spawned_at),
    runsUntil: isoOrNull(row.runs_until),
    endedAt: isoOrNull(row.ended_at),
    releaseAt: isoOrNull(row.release_at),
    batchId: row.batch_id,
    retryOf: row.retry_of,
    adopted: row.adopted === 1,
    variableNames: JSON.parse(row.variable_names) as string[],
    failure:
      row.failure_code === null ? null : { code: row.failure_code, message: row.failure_message ?? '' },
  };
}

export function presentClaimDetail(
  row: ClaimRow,
  steps: Selectable<TransitionTable<ClaimState>>[],
): ClaimDetail {
  return {
    ...presentClaim(row),
    transitions: steps.map((step) => ({
      at: isoOf(step.at),
      from: step.from_state,
      to: step.to_state,
      actor: step.actor,
      cause: step.cause,
      answer: step.answer,
    })),
  };
}

const secondsBetween = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : Math.max(0, to - from) / 1_000;

/** Seconds; null if not observed. An adopted claim never queued or started here. */
export function presentDurations(
  row: ClaimRow & { spawn_sent_at: number | null },
): DurationsResponse['runs'][number] {
  return {
    claimId: row.id,
    at: isoOf(row.requested_at),
    queue: row.adopted === 1 ? null : secondsBetween(row.requested_at, row.claimed_at),
    start: secondsBetween(row.spawn_sent_at, row.spawned_at),
    run: secondsBetween(row.spawned_at, row.ended_at),
  };
}
