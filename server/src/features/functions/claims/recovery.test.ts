import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { oscar } from '../../../testing/builders/people.ts';
import { claimsBench } from './claims.fixture.ts';
import type { ClaimsBench } from './claims.fixture.ts';
import type { ClaimsService } from './service.ts';

let bench: ClaimsBench;
let claims: ClaimsService;
beforeEach(async () => {
  bench = await claimsBench();
  claims = bench.serve();
});
afterEach(() => bench.close());

const fail = (verb: string, kind: 'cut' | 'refuse') =>
  bench.simulator.fail({
    api: 'scheduler',
    kind,
    count: 1,
    match: { method: 'POST', pathPrefix: `/v1/functions/${bench.containerId}/${verb}` },
  });
const claimOne = () => claims.request({ containerId: bench.containerId }, oscar);

describe('answers that never come', () => {
  it('follows a claim whose answer was cut, and never claims twice', async () => {
    fail('claim', 'cut');
    const open = await claimOne();
    expect(open).toMatchObject({ state: 'requested', instanceId: null, failure: { code: 'cut' } });
    expect(bench.simulator.live.pool.leases().some((lease) => bench.tokens.includes(lease.token))).toBe(true);
    bench.clock.advance(10_000);
    await claims.tick();
    expect((await claims.detail(open.id)).state).toBe('expired');
    expect(bench.simulator.live.pool.leases().some((lease) => bench.tokens.includes(lease.token))).toBe(
      false,
    );
  });

  it('tries the next shard with a fresh token if one does not answer', async () => {
    fail('claim', 'refuse');
    const claimed = await claimOne();
    expect(claimed.state).toBe('claimed');
    expect(new Set(bench.tokens).size).toBe(2);
  });

  it('finds a spawn whose answer was cut, without spawning again', async () => {
    const claimed = await claimOne();
    fail('spawn', 'cut');
    const spawned = await claims.spawn(claimed.id, { JOB: '1' }, oscar);
    expect(spawned).toMatchObject({ state: 'running', failure: null });
    const calls = bench.simulator.requests().scheduler;
    expect(calls['POST /v1/functions/:id/spawn']).toBe(1);
  });

  it('expires a spawn that never reached the scheduler', async () => {
    const claimed = await claimOne();
    fail('spawn', 'refuse');
    expect((await claims.spawn(claimed.id, {}, oscar)).state).toBe('spawning');
    bench.clock.advance(13_000);
    await claims.tick();
    expect(await claims.detail(claimed.id)).toMatchObject({
      state: 'expired',
      failure: { code: 'unanswered' },
    });
  });

  it.each(['cut', 'refuse'] as const)(
    'looks and releases again after a release that was %s',
    async (kind) => {
      const running = await claims.request(
        { containerId: bench.containerId, spawn: { environmentVariables: {} } },
        oscar,
      );
      fail('release', kind);
      expect((await claims.release(running.id, oscar)).state).toBe('releasing');
      bench.clock.advance(2_000);
      await claims.tick();
      expect((await claims.detail(running.id)).state).toBe('released');
      expect(await bench.active(bench.containerId)).not.toContain(running.instanceId);
    },
  );
});

describe('a restart in the middle', () => {
  it('releases claims that were not spawned', async () => {
    const claimed = await claimOne();
    const again = bench.serve();
    await again.recover();
    expect((await again.detail(claimed.id)).state).toBe('released');
    expect(bench.simulator.live.pool.leases().some((lease) => bench.tokens.includes(lease.token))).toBe(
      false,
    );
  });

  it('agrees with the shards on what is running', async () => {
    const kept = await claims.request(
      { containerId: bench.containerId, spawn: { environmentVariables: {} } },
      oscar,
    );
    const cut = await claimOne();
    fail('spawn', 'cut');
    bench.simulator.fail({ api: 'scheduler', kind: 'refuse', match: { method: 'GET' }, count: 8 });
    expect((await claims.spawn(cut.id, {}, oscar)).state).toBe('spawning');
    bench.clock.advance(5_000);
    const again = bench.serve();
    for (let tries = 0; tries < 4; tries += 1) {
      await again.recover();
      bench.clock.advance(1_000);
    }
    const { claims: open } = await again.list({ state: 'open', limit: 10 });
    expect(open.map(({ state }) => state)).toEqual(['running', 'running']);
    const active = await bench.active(bench.containerId);
    expect(active).toEqual(expect.arrayContaining([kept.instanceId, cut.instanceId]));
  });
});
