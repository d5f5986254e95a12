import { expect, it } from 'vitest';

import { createSecretBox } from '../../../lib/secret-box.ts';
import type { BatchRow } from '../../../store/claim-batches.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import { batchRow } from '../../../testing/builders/batches.ts';
import { functionContainer } from '../../../testing/builders/claims.ts';
import { newClaimRow } from '../claims/order.ts';
import { createLiveBatch } from './live.ts';

const COUNT = 20;
const batch = (over: Partial<BatchRow> = {}) => batchRow({ count: COUNT, concurrency: COUNT, ...over });
const box = createSecretBox('a session secret of at least 32 characters', 'claims');
const container = functionContainer();
const run = (index: number, over: Partial<ClaimRow>): ClaimRow => {
  const runOf = { id: 'b', index, attempt: 0 };
  const order = { owner: 'oscar', environmentVariables: null, releaseAfterSeconds: null, batch: runOf };
  return { ...newClaimRow({ id: `c${index}`, container, order, now: 0, box }), ...over };
};
const all = (over: Partial<ClaimRow>) => Array.from({ length: COUNT }, (_, index) => run(index, over));
const takeAll = (live: ReturnType<typeof createLiveBatch>) => {
  const taken = [];
  for (let next = live.take(); next !== null; next = live.take()) taken.push(next);
  return taken;
};

it('retries after a restart every run that never ran, however many', () => {
  const live = createLiveBatch(batch());
  live.load(all({ state: 'expired' }));
  expect(live.progress()).toMatchObject({ started: COUNT, open: 0, failed: 0 });
  expect(takeAll(live)).toEqual(all({}).map((_, index) => ({ index, attempt: 1, retryOf: `c${index}` })));
});

it('never retries a run that may have run', () => {
  const live = createLiveBatch(batch());
  live.load(all({ state: 'lost', spawned_at: 1 }));
  expect(live.progress()).toMatchObject({ failed: COUNT });
  expect([takeAll(live), live.isOver()]).toEqual([[], true]);
});

it('starts the runs skipped by the kill, within its concurrency', () => {
  const live = createLiveBatch(batch({ concurrency: 3 }));
  live.load([run(0, { state: 'running' }), run(2, { state: 'released', spawned_at: 1 })]);
  expect(takeAll(live).map(({ index }) => index)).toEqual([1, 3]);
});

it('gives a run up after eight failures in a row with no run of the batch open', () => {
  const live = createLiveBatch(batch({ count: 1 }));
  for (let tries = 0; tries < 8; tries += 1) {
    const [next] = takeAll(live);
    if (next) live.startEnded(next, 'The scheduler does not answer.');
  }
  expect(live.progress()).toMatchObject({ failed: 1, started: 0 });
  expect(JSON.parse(live.progress().failures)).toEqual([
    { reason: 'The scheduler does not answer.', count: 1 },
  ]);
  expect(live.isOver()).toBe(true);
});
