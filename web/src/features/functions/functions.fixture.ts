import type { Claim, ClaimBatch, FunctionPool } from '@cyclorama/shared/claims.ts';

import type { Sent } from '../../testing/show-page.tsx';

export const resize = '651586fca6078e98982d0103';
// The server's clock is an hour ahead of this browser's: deadlines must be counted on the server's.
export const serverNow = (): number => Date.now() + 3_600_000;
export const iso = (ms: number): string => new Date(ms).toISOString();

export const pool: FunctionPool = {
  containerId: resize,
  name: 'resize',
  enabled: true,
  instances: 4,
  ours: 1,
  others: 1,
  idle: 2,
  maxPoolSize: 6,
  maxRuntimeSeconds: 600,
  maxQueueTimeSeconds: 30,
};

/** A claim of ada's that holds an instance and waits to be spawned, but for what is given. */
export const claimed = (over: Partial<Claim> = {}): Claim => ({
  id: 'c1',
  containerId: resize,
  containerName: 'resize',
  instanceId: '651586fca6078e98982d0202',
  state: 'claimed',
  owner: 'ada',
  requestedAt: iso(serverNow()),
  spawnBy: iso(serverNow() + 10_000),
  claimedAt: iso(serverNow()),
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

/** A batch of ada's with one run of three done, but for what is given. */
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
  requestedAt: iso(serverNow()),
  endedAt: null,
  ...over,
});

const fresh = { state: 'live', asOf: null, failingSince: null, reason: null };

/** A page of the ledger as `GET /api/claims` answers it. */
export const claimsAnswer = (claims: Claim[], nextBefore: string | null = null) => ({
  body: { claims, nextBefore, serverTime: iso(serverNow()) },
});

export const poolsAnswer = { body: { freshness: fresh, pools: [pool] } };

/** What was sent to change something, in order. */
export const posted = (sent: Sent[]) =>
  sent.filter(({ method }) => method === 'POST').map(({ path, body }) => ({ path, body }));
