import type { Claim, ClaimBatch, FunctionPool } from '@cyclorama/shared/claims.ts';

export const resize = '651586fca6078e98982d0103';

export const claim = (over: Partial<Claim> = {}): Claim => ({
  id: 'c1',
  containerId: resize,
  containerName: 'resize',
  instanceId: '651586fca6078e98982d0202',
  state: 'claimed',
  owner: 'ada',
  requestedAt: '2026-03-26T09:15:00.000Z',
  spawnBy: '2026-03-26T09:15:10.000Z',
  claimedAt: '2026-03-26T09:15:00.100Z',
  spawnedAt: null,
  runsUntil: null,
  endedAt: null,
  releaseAt: null,
  batchId: null,
  retryOf: null,
  adopted: false,
  variableNames: [],
  failure: null,
  ...over,
});

export const batch = (over: Partial<ClaimBatch> = {}): ClaimBatch => ({
  id: 'b1',
  containerId: resize,
  containerName: 'resize',
  owner: 'ada',
  state: 'running',
  count: 3,
  concurrency: 2,
  started: 3,
  open: 1,
  done: 1,
  failed: 1,
  failures: [{ reason: 'No instance became idle in time.', count: 1 }],
  requestedAt: '2026-03-26T09:15:00.000Z',
  endedAt: null,
  ...over,
});

export const pool = (over: Partial<FunctionPool> = {}): FunctionPool => ({
  containerId: resize,
  name: 'resize',
  enabled: true,
  instances: 4,
  ours: 1,
  others: 1,
  idle: 2,
  notReady: 0,
  maxPoolSize: 6,
  maxRuntimeSeconds: 600,
  maxQueueTimeSeconds: 15,
  longestWaitSeconds: 30,
  ...over,
});
