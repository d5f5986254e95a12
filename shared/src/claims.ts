import { z } from 'zod';

import { failure, freshness, isoTime } from './common.ts';

/** The last five are final. `lost`: its outcome can't be determined any more. */
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

/** A row of the ledger. The token never leaves the server. */
export const claim = z.object({
  id: z.string(),
  containerId: z.string(),
  containerName: z.string(),
  instanceId: z.string().nullable(),
  state: claimState,
  owner: z.string(),
  requestedAt: isoTime,
  /** An unspawned claim returns to the pool ten seconds after the request was sent. */
  spawnBy: isoTime.nullable(),
  claimedAt: isoTime.nullable(),
  spawnedAt: isoTime.nullable(),
  /** End by `max_runtime`. */
  runsUntil: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  /** Release time chosen by the owner. */
  releaseAt: isoTime.nullable(),
  /** The batch it belongs to, and the claim it retries. */
  batchId: z.string().nullable(),
  retryOf: z.string().nullable(),
  /** Taken over while running (`POST /api/claims/adopt`). */
  adopted: z.boolean(),
  /** Values stay encrypted on the server. */
  variableNames: z.array(z.string()),
  failure: failure.nullable(),
});
export type Claim = z.infer<typeof claim>;

export const claimTransition = z.object({
  at: isoTime,
  from: claimState.nullable(),
  to: claimState,
  actor: z.string().nullable(),
  cause: z.string(),
  /** Upstream status and code, if there was a response: "200", "504 504.not-available". */
  answer: z.string().nullable(),
});
export const claimDetail = claim.extend({ transitions: z.array(claimTransition) });
export type ClaimDetail = z.infer<typeof claimDetail>;

/** `POST /api/claims`. With `spawn` the instance is spawned as soon as it is claimed. */
export const environmentVariables = z.record(
  z
    .string()
    .regex(
      /^[A-Za-z_][A-Za-z0-9_]*$/,
      'expected a variable name: letters, digits and _, not starting with a digit',
    ),
  z.string().max(32_768),
);
const containerId = z.string().regex(/^[0-9a-f]{24}$/, 'expected a 24-digit hexadecimal container id');
const releaseAfterSeconds = z
  .number()
  .int()
  .min(0, 'expected 0 seconds or more')
  .max(7 * 86_400, 'expected at most 7 days');
export const claimRequest = z.strictObject({
  containerId,
  spawn: z.object({ environmentVariables: environmentVariables.default({}) }).optional(),
  /** Seconds from the start; 0: as soon as it runs. */
  releaseAfterSeconds: releaseAfterSeconds.optional(),
});
export type ClaimRequest = z.infer<typeof claimRequest>;
export const spawnRequest = z.strictObject({ environmentVariables: environmentVariables.default({}) });
export type SpawnRequest = z.infer<typeof spawnRequest>;

/** Newest first. `q` matches ids, container, owner, state and failure. */
export const claimsQuery = z.object({
  state: z.enum(['open', 'ended', 'all']).default('open'),
  containerId: z.string().max(24).optional(),
  owner: z.string().max(200).optional(),
  batchId: z.string().max(64).optional(),
  q: z.string().max(200).optional(),
  /** Id of a claim: only those requested before it. */
  before: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export const claimsResponse = z.object({
  claims: z.array(claim),
  nextBefore: z.string().nullable(),
  serverTime: isoTime,
});
export type ClaimsResponse = z.infer<typeof claimsResponse>;

export const functionPool = z.object({
  containerId: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  instances: z.number(),
  /** Each instance once: held by an open claim · running without one (others') · claimable · anything else. */
  ours: z.number(),
  others: z.number(),
  idle: z.number(),
  notReady: z.number(),
  maxPoolSize: z.number().nullable(),
  maxRuntimeSeconds: z.number().nullable(),
  /** `max_queue_time`: how long one scheduler instance lets a claim wait. */
  maxQueueTimeSeconds: z.number().nullable(),
  /** How long a claim waits at all of them in turn; null where that has no known limit. */
  longestWaitSeconds: z.number().nullable(),
});
export type FunctionPool = z.infer<typeof functionPool>;
export const functionsResponse = z.object({ freshness, pools: z.array(functionPool) });
export type FunctionsResponse = z.infer<typeof functionsResponse>;

export const adoptRequest = z.strictObject({
  containerId,
  instanceId: z.string().regex(/^[0-9a-f]{24}$/, 'expected a 24-digit hexadecimal instance id'),
  token: z.string().min(5, 'expected a token of at least five characters').max(1024),
});
export type AdoptRequest = z.infer<typeof adoptRequest>;

/** For the owner or an admin; the access is recorded. */
export const claimSecrets = z.object({
  token: z.string(),
  environmentVariables: z.record(z.string(), z.string()),
});
export type ClaimSecrets = z.infer<typeof claimSecrets>;

export const releaseMineRequest = z.strictObject({ containerId: containerId.optional() });
export const releaseMineResponse = z.object({ released: z.number(), failed: z.number() });

export const exportQuery = claimsQuery
  .omit({ before: true, limit: true })
  .extend({ format: z.enum(['csv', 'json']) });

export const batchRequest = z.strictObject({
  containerId,
  count: z.number().int().min(1, 'expected at least 1 run').max(1000, 'expected at most 1000 runs'),
  concurrency: z.number().int().min(1, 'expected at least 1').max(50, 'expected at most 50').default(4),
  environmentVariables: environmentVariables.default({}),
  /** Seconds from each run's start; without it a run lasts until released or ended by its limit. */
  releaseAfterSeconds: releaseAfterSeconds.optional(),
});
export type BatchRequest = z.infer<typeof batchRequest>;
export const batchState = z.enum(['running', 'stopping', 'done', 'stopped']);
export type BatchState = z.infer<typeof batchState>;
/** A run is done when its claim was released or ended by its limit. Each run gets `CLAIM_BATCH_INDEX`. */
export const claimBatch = z.object({
  id: z.string(),
  containerId: z.string(),
  containerName: z.string(),
  owner: z.string(),
  state: batchState,
  count: z.number(),
  concurrency: z.number(),
  started: z.number(),
  open: z.number(),
  done: z.number(),
  failed: z.number(),
  /** Most frequent first. */
  failures: z.array(z.object({ reason: z.string(), count: z.number() })),
  requestedAt: isoTime,
  endedAt: isoTime.nullable(),
});
export type ClaimBatch = z.infer<typeof claimBatch>;
export const batchStopRequest = z.strictObject({ release: z.boolean().default(false) }).prefault({});
export type BatchStopRequest = z.input<typeof batchStopRequest>;
export const batchesResponse = z.object({ batches: z.array(claimBatch) });
export type BatchesResponse = z.infer<typeof batchesResponse>;

export const durationsResponse = z.object({
  runs: z.array(
    z.object({
      claimId: z.string(),
      at: isoTime,
      /** Requested until claimed · spawn sent until running · running until ended. */
      queue: z.number().nullable(),
      start: z.number().nullable(),
      run: z.number().nullable(),
    }),
  ),
});
export type DurationsResponse = z.infer<typeof durationsResponse>;
