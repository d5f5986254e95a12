import type { ClaimBatch } from '@cyclorama/shared/claims.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { claimsOfBatch } from '../../../store/claim-batches.ts';
import { ada, olga, oscar } from '../../../testing/builders/people.ts';
import { claimsBench } from '../claims/claims.fixture.ts';
import type { ClaimsBench } from '../claims/claims.fixture.ts';
import type { ClaimsService } from '../claims/service.ts';

let bench: ClaimsBench;
let claims: ClaimsService;
beforeEach(async () => {
  bench = await claimsBench();
  claims = bench.serve();
});
afterEach(() => bench.close());

const order = (over: object = {}) => ({
  containerId: bench.containerId,
  count: 5,
  concurrency: 2,
  environmentVariables: { JOB: 'value-of-job' },
  releaseAfterSeconds: 5,
  ...over,
});
/** Advances the clock second by second. */
const until = async (id: string, wanted: (batch: ClaimBatch) => boolean, service = claims) => {
  for (let second = 0; second < 120; second += 1) {
    const batch = await service.batches.detail(id);
    if (wanted(batch)) return batch;
    bench.clock.advance(1_000);
    await service.tick();
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw new Error(`not reached: ${JSON.stringify(await service.batches.detail(id))}`);
};
const over = (batch: ClaimBatch) => batch.endedAt !== null;

describe('a batch', () => {
  it('runs each run once, within its concurrency, and numbers them', async () => {
    const { id } = await claims.batches.create(order(), oscar);
    const seen: number[] = [];
    const done = await until(id, (batch) => (seen.push(batch.open), over(batch)));
    expect(done).toMatchObject({ state: 'done', started: 5, open: 0, done: 5, failed: 0, failures: [] });
    expect(Math.max(...seen)).toBe(2);
    const rows = await claimsOfBatch(bench.store.db, id);
    expect(rows.map((row) => [row.batch_index, row.state])).toEqual(
      [0, 1, 2, 3, 4].map((index) => [index, 'released']),
    );
    expect(rows.every((row) => row.variable_names === '["JOB","CLAIM_BATCH_INDEX"]')).toBe(true);
    expect(bench.simulator.requests().scheduler['POST /v1/functions/:id/spawn']).toBe(5);
    expect(JSON.stringify([bench.events, bench.log, bench.activity])).not.toContain('value-of-job');
  });

  it('continues after a restart without starting a run twice', async () => {
    const { id } = await claims.batches.create(order(), oscar);
    await until(id, (batch) => batch.done >= 1);
    await claims.stop();
    const again = bench.serve();
    await again.recover();
    const done = await until(id, over, again);
    expect(done).toMatchObject({ state: 'done', started: 5, done: 5, failed: 0 });
    const rows = await claimsOfBatch(bench.store.db, id);
    const ran = rows.filter((row) => row.spawned_at !== null).map((row) => row.batch_index);
    expect(ran.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([0, 1, 2, 3, 4]);
  });

  it('is stopped by its owner or an admin only; open runs continue, or are released on request', async () => {
    const { id } = await claims.batches.create(order({ releaseAfterSeconds: undefined }), oscar);
    await until(id, (batch) => batch.open === 2);
    await until(id, () => claims.numbers().running === 2);
    await expect(claims.batches.stop(id, { release: false }, olga)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await claims.batches.stop(id, { release: false }, oscar)).toMatchObject({
      state: 'stopping',
      open: 2,
    });
    await claims.batches.stop(id, { release: true }, ada);
    expect(await until(id, over)).toMatchObject({ state: 'stopped', started: 2, done: 2, open: 0 });
    await expect(claims.batches.stop(id, { release: true }, oscar)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
  });

  it('stops itself where the scheduler refuses the access key, and says why', async () => {
    const undo = bench.simulator.fail({ api: 'scheduler', kind: 'empty-403' });
    const { id } = await claims.batches.create(order({ concurrency: 1 }), oscar);
    const stopped = await until(id, over);
    undo();
    expect(stopped).toMatchObject({ state: 'stopped', started: 1, failed: 1, done: 0 });
    expect(stopped.failures[0]?.reason).toContain('refused our access key');
  });

  it('waits for a scheduler that does not answer, then continues', async () => {
    const undo = bench.simulator.fail({ api: 'scheduler', kind: 'refuse', count: 4 });
    const { id } = await claims.batches.create(order({ count: 2 }), oscar);
    const done = await until(id, over);
    undo();
    expect(done).toMatchObject({ state: 'done', done: 2, failed: 0 });
  });

  it('releases its runs after a stop even if the server dies first', async () => {
    const { id } = await claims.batches.create(order({ releaseAfterSeconds: undefined }), oscar);
    await until(id, () => claims.numbers().running === 2);
    const undo = bench.simulator.fail({ api: 'scheduler', kind: 'throttle' });
    await claims.batches.stop(id, { release: true }, oscar);
    expect(claims.numbers().running).toBe(2);
    undo();
    const again = bench.serve();
    await again.recover();
    expect(await until(id, over, again)).toMatchObject({ state: 'stopped', started: 2, done: 2 });
    expect(await bench.active(bench.containerId)).toEqual([]);
  });

  it('counts failures by their reason', async () => {
    const { id } = await claims.batches.create(
      order({ count: 3, concurrency: 3, releaseAfterSeconds: 60 }),
      oscar,
    );
    await until(id, () => claims.numbers().running === 3);
    const [first, second] = claims.openClaims().map((row) => row.instance_id ?? '');
    bench.clock.advance(1_000);
    for (const instance of [first, second]) {
      bench.simulator.happen({ kind: 'instance.stop', id: instance ?? '' });
    }
    const done = await until(id, over);
    expect(done).toMatchObject({ state: 'done', started: 3, done: 1, failed: 2 });
    expect(done.failures).toEqual([
      { reason: expect.stringContaining('ended before its time limit'), count: 2 },
    ]);
  });
});
