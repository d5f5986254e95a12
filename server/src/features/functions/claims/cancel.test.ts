import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ada, olga, oscar } from '../../../testing/builders/people.ts';
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

const run = (by = oscar) =>
  claims.request({ containerId: bench.containerId, spawn: { environmentVariables: {} } }, by);
const hold = (ms: number) =>
  bench.simulator.fail({
    api: 'scheduler',
    kind: 'delay',
    ms,
    match: { method: 'POST', pathPrefix: `/v1/functions/${bench.containerId}/claim` },
  });
const waiting = async (count = 1): Promise<string[]> => {
  await vi.waitFor(() => expect(claims.openClaims()).toHaveLength(count));
  return claims.openClaims().map(({ id }) => id);
};
/** One turn of the event loop. */
const turn = () => new Promise((resolve) => setImmediate(resolve));
const held = () => bench.simulator.live.pool.leases().filter(({ token }) => bench.tokens.includes(token));

describe('a claim that waits', () => {
  it('is cancelled by its owner or an admin, and expires', async () => {
    const undo = hold(3_000);
    const asked = run();
    const [id = ''] = await waiting();
    await expect(claims.cancel(id, olga)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await claims.cancel(id, ada)).toMatchObject({
      state: 'requested',
      failure: { code: 'cancelled' },
    });
    expect((await asked).id).toBe(id);
    undo();
    await expect(claims.cancel(id, oscar)).rejects.toMatchObject({ code: 'not-allowed-now' });
    await expect(claims.release(id, oscar)).rejects.toMatchObject({ code: 'not-allowed-now' });
    bench.clock.advance(60_000);
    await claims.tick();
    expect(await claims.detail(id)).toMatchObject({ state: 'expired', failure: { code: 'cancelled' } });
    const steps = (await claims.detail(id)).transitions.map(({ actor, cause }) => [actor, cause]);
    expect(steps[1]).toEqual(['ada', 'cancelled while it waited']);
  });

  it('never runs once it was cancelled, however close the answer was', async () => {
    const ends = new Set<string>();
    for (let hops = 0; hops < 40; hops += 1) {
      const asked = run().catch((error: unknown) => error);
      while (claims.openClaims().length === 0) await turn();
      const [{ id } = { id: '' }] = claims.openClaims();
      for (let hop = 0; hop < hops; hop += 1) await turn();
      const cancelled = await claims.cancel(id, oscar).catch(() => null);
      await asked;
      if (cancelled === null) await claims.release(id, oscar);
      bench.clock.advance(20_000);
      await claims.tick();
      const { state, transitions } = await claims.detail(id);
      const ran = transitions.some(({ to }) => to === 'running');
      expect([cancelled === null, state]).toEqual([
        ran,
        ran || state === 'released' ? 'released' : 'expired',
      ]);
      ends.add(`${ran ? 'ran' : 'given up'}, ${state}`);
      expect(held()).toEqual([]);
    }
    expect(ends).toContain('given up, expired');
    expect(ends).toContain('ran, released');
  });

  it('is cancelled through another process on the same store', async () => {
    await bench.close();
    bench = await claimsBench({ singleProcess: false });
    claims = bench.serve();
    const undo = hold(3_000);
    const asked = run();
    const [id = ''] = await waiting();
    const other = bench.serve();
    expect(await other.cancel(id, oscar)).toMatchObject({ failure: { code: 'cancelled' } });
    await claims.tick();
    expect((await asked).failure?.code).toBe('cancelled');
    undo();
    bench.clock.advance(20_000);
    await claims.tick();
    expect((await claims.detail(id)).state).toBe('expired');
  });

  it('is cancelled by releasing all of one’s claims', async () => {
    const mine = await run();
    const other = await run(olga);
    const undo = hold(3_000);
    const asked = run();
    await waiting(3);
    expect(await claims.releaseMine(undefined, oscar)).toEqual({ released: 2, failed: 0 });
    undo();
    expect((await asked).failure?.code).toBe('cancelled');
    expect((await claims.detail(mine.id)).state).toBe('released');
    expect((await claims.detail(other.id)).state).toBe('running');
  });
});
