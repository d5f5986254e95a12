import { z } from 'zod';

import { failure, freshness, isoTime } from './common.ts';

/** A claim's life; the last five are final. `lost`: what became of it can't be told any more. */
export const claimState = z.enum([
  'requested',
  'claimed',
  'spawning',
  'running',
  'releasing',
  'released',
  'refused',
  'expired',
  'lost',
  'ended-by-limit',
]);
export type ClaimState = z.infer<typeof claimState>;

/** One row of the ledger. The token never leaves the server. */
export const claim = z.object({
  id: z.string(),
  containerId: z.string(),
  containerName: z.string(),
  instanceId: z.string().nullable(),
  state: claimState,
  owner: z.string(),
  requestedAt: isoTime,
  /** When an unspawned claim falls back into the pool: ten seconds from the moment of sending. */
  spawnBy: isoTime.nullable(),
  claimedAt: isoTime.nullable(),
  spawnedAt: isoTime.nullable(),
  /** When `max_runtime` ends it. */
  runsUntil: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  /** Names of the variables it was spawned with; values stay encrypted on the server. */
  variableNames: z.array(z.string()),
  failure: failure.nullable(),
});
export type Claim = z.infer<typeof claim>;

/** One step of a claim's life, kept for good. */
export const claimTransition = z.object({
  at: isoTime,
  from: claimState.nullable(),
  to: claimState,
  actor: z.string().nullable(),
  cause: z.string(),
  /** Upstream status and code where there was an answer: "200", "504 504.not-available". */
  answer: z.string().nullable(),
});
export const claimDetail = claim.extend({ transitions: z.array(claimTransition) });
export type ClaimDetail = z.infer<typeof claimDetail>;

/** `POST /api/claims`. With `spawn` given, it is spawned at once when claimed. */
export const environmentVariables = z.record(
  z
    .string()
    .regex(
      /^[A-Za-z_][A-Za-z0-9_]*$/,
      'expected a variable name: letters, digits and _, not starting with a digit',
    ),
  z.string().max(32_768),
);
export const claimRequest = z.object({
  containerId: z.string().regex(/^[0-9a-f]{24}$/, 'expected a 24-digit hexadecimal container id'),
  spawn: z.object({ environmentVariables: environmentVariables.default({}) }).optional(),
});
export type ClaimRequest = z.infer<typeof claimRequest>;
export const spawnRequest = z.object({ environmentVariables: environmentVariables.default({}) });
export type SpawnRequest = z.infer<typeof spawnRequest>;

export const claimsQuery = z.object({
  state: z.enum(['open', 'ended', 'all']).default('open'),
  containerId: z.string().max(24).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export const claimsResponse = z.object({ claims: z.array(claim), serverTime: isoTime });
export type ClaimsResponse = z.infer<typeof claimsResponse>;

/** `GET /api/functions`: each function container with the use of its pool. */
export const functionPool = z.object({
  containerId: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  instances: z.number(),
  /** Running with a ledger row · running without one (others') · stopped and claimable. */
  ours: z.number(),
  others: z.number(),
  idle: z.number(),
  maxPoolSize: z.number().nullable(),
  maxRuntimeSeconds: z.number().nullable(),
  maxQueueTimeSeconds: z.number().nullable(),
});
export type FunctionPool = z.infer<typeof functionPool>;
export const functionsResponse = z.object({ freshness, pools: z.array(functionPool) });
export type FunctionsResponse = z.infer<typeof functionsResponse>;
