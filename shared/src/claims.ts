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
  /** When the dashboard will release it, if its owner chose so. */
  releaseAt: isoTime.nullable(),
  /** The batch it is part of, and the claim it tries again. */
  batchId: z.string().nullable(),
  retryOf: z.string().nullable(),
  /** True for an instance that was taken over while running (`POST /api/claims/adopt`). */
  adopted: z.boolean(),
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
const containerId = z.string().regex(/^[0-9a-f]{24}$/, 'expected a 24-digit hexadecimal container id');
const releaseAfterSeconds = z
  .number()
  .int()
  .min(0, 'expected 0 seconds or more')
  .max(7 * 86_400, 'expected at most 7 days');
export const claimRequest = z.strictObject({
  containerId,
  spawn: z.object({ environmentVariables: environmentVariables.default({}) }).optional(),
  /** Release by itself this long after it runs; 0: as soon as it does. */
  releaseAfterSeconds: releaseAfterSeconds.optional(),
});
export type ClaimRequest = z.infer<typeof claimRequest>;
export const spawnRequest = z.strictObject({ environmentVariables: environmentVariables.default({}) });
export type SpawnRequest = z.infer<typeof spawnRequest>;

/** `GET /api/claims`, newest first. `q` looks in ids, container, owner, state and failure. */
export const claimsQuery = z.object({
  state: z.enum(['open', 'ended', 'all']).default('open'),
  containerId: z.string().max(24).optional(),
  owner: z.string().max(200).optional(),
  batchId: z.string().max(64).optional(),
  q: z.string().max(200).optional(),
  /** Only claims requested before this one (its id): the next page. */
  before: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export const claimsResponse = z.object({
  claims: z.array(claim),
  nextBefore: z.string().nullable(),
  serverTime: isoTime,
});
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

/** `POST /api/claims/adopt`: takes over a running instance whose token is known. */
export const adoptRequest = z.strictObject({
  containerId,
  instanceId: z.string().regex(/^[0-9a-f]{24}$/, 'expected a 24-digit hexadecimal instance id'),
  token: z.string().min(5, 'expected a token of at least five characters').max(1024),
});
export type AdoptRequest = z.infer<typeof adoptRequest>;

/** `POST /api/claims/:id/reveal`: token and variable values, for the owner or an admin, on record. */
export const claimSecrets = z.object({
  token: z.string(),
  environmentVariables: z.record(z.string(), z.string()),
});
export type ClaimSecrets = z.infer<typeof claimSecrets>;

/** `POST /api/claims/release-mine`: releases every open claim of the person, of one container or of all. */
export const releaseMineRequest = z.strictObject({ containerId: containerId.optional() });
export const releaseMineResponse = z.object({ released: z.number(), failed: z.number() });

/** `GET /api/claims/export?format=…` takes the filters of `GET /api/claims` and answers with a file. */
export const exportQuery = claimsQuery
  .omit({ before: true, limit: true })
  .extend({ format: z.enum(['csv', 'json']) });

/** `POST /api/claim-batches`: many runs of one function, at most `concurrency` at a time. */
export const batchRequest = z.strictObject({
  containerId,
  count: z.number().int().min(1, 'expected at least 1 run').max(1000, 'expected at most 1000 runs'),
  concurrency: z.number().int().min(1, 'expected at least 1').max(50, 'expected at most 50').default(4),
  environmentVariables: environmentVariables.default({}),
  /** Each run is released this long after it runs; without it a run lasts until released or ended by its limit. */
  releaseAfterSeconds: releaseAfterSeconds.optional(),
});
export type BatchRequest = z.infer<typeof batchRequest>;
export const batchState = z.enum(['running', 'stopping', 'done', 'stopped']);
export type BatchState = z.infer<typeof batchState>;
/** A run counts as done when its claim ended as released or ended-by-limit. `CLAIM_BATCH_INDEX` is set for each run. */
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
  /** Failures, the commonest first. */
  failures: z.array(z.object({ reason: z.string(), count: z.number() })),
  requestedAt: isoTime,
  endedAt: isoTime.nullable(),
});
export type ClaimBatch = z.infer<typeof claimBatch>;
/** `POST /api/claim-batches/:id/stop`: starts no more runs; with `release` those open are released as well. */
export const batchStopRequest = z.strictObject({ release: z.boolean().default(false) }).prefault({});
export type BatchStopRequest = z.input<typeof batchStopRequest>;
/** `GET /api/claim-batches`, newest first. */
export const batchesResponse = z.object({ batches: z.array(claimBatch) });
export type BatchesResponse = z.infer<typeof batchesResponse>;

/** `GET /api/functions/:id/durations`: how long ended claims of one container took, in seconds, oldest first. */
export const durationsResponse = z.object({
  runs: z.array(
    z.object({
      claimId: z.string(),
      at: isoTime,
      /** Asked for until claimed · spawn sent until running · running until ended. */
      queue: z.number().nullable(),
      start: z.number().nullable(),
      run: z.number().nullable(),
    }),
  ),
});
export type DurationsResponse = z.infer<typeof durationsResponse>;
