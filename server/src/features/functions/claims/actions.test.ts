import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { claimById } from '../../../store/claims.ts';
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

const run = (over: object = {}) =>
  claims.request(
    {
      containerId: bench.containerId,
      spawn: { environmentVariables: { JOB: 'value-of-job' } },
      ...over,
    },
    oscar,
  );
const fail = (kind: 'empty-403') =>
  bench.simulator.fail({
    api: 'scheduler',
    kind,
    match: { method: 'POST', pathPrefix: `/v1/functions/${bench.containerId}/claim` },
  });

describe('a release time', () => {
  it('releases the run on time, also after a restart', async () => {
    const running = await run({ releaseAfterSeconds: 30 });
    expect(Date.parse(running.releaseAt ?? '') - Date.parse(running.spawnedAt ?? '')).toBe(30_000);
    const again = bench.serve();
    await again.recover();
    bench.clock.advance(29_999);
    await again.tick();
    expect((await again.detail(running.id)).state).toBe('running');
    bench.clock.advance(1);
    await again.tick();
    expect((await again.detail(running.id)).state).toBe('released');
  });

  it('releases only one’s own claims', async () => {
    const [mine, other] = [await run(), await claims.request({ containerId: bench.containerId }, olga)];
    expect(await claims.releaseMine('f'.repeat(24), oscar)).toEqual({ released: 0, failed: 0 });
    expect(await claims.releaseMine(undefined, oscar)).toEqual({ released: 1, failed: 0 });
    expect((await claims.detail(mine.id)).state).toBe('released');
    expect((await claims.detail(other.id)).state).toBe('claimed');
  });
});

describe('retry', () => {
  it('claims again with the same variables, by owner or admin', async () => {
    const undo = fail('empty-403');
    await expect(run({ releaseAfterSeconds: 60 })).rejects.toMatchObject({ fault: 'unauthorized' });
    undo();
    const [refused] = (await claims.list({ state: 'ended', limit: 1 })).claims;
    await expect(claims.retry(refused?.id ?? '', olga)).rejects.toMatchObject({ code: 'forbidden' });
    const again = await claims.retry(refused?.id ?? '', ada);
    expect(again).toMatchObject({ state: 'running', retryOf: refused?.id, variableNames: ['JOB'] });
    expect(await claims.reveal(again.id, ada)).toMatchObject({
      environmentVariables: { JOB: 'value-of-job' },
    });
    await expect(claims.retry(again.id, ada)).rejects.toMatchObject({ code: 'not-allowed-now' });
  });
});

describe('adopt', () => {
  const token = 'a-token-of-another-tool';
  const foreign = async (): Promise<string> => {
    const [address = ''] = await bench.scheduler().addresses();
    const { instanceId } = await bench
      .scheduler()
      .claim(address, bench.containerId, token, { timeoutMs: 5_000 });
    const held = { instanceId, token, environmentVariables: {} };
    await bench.scheduler().spawn(address, bench.containerId, held);
    return instanceId;
  };

  it('adopts a running instance and releases it', async () => {
    const instanceId = await foreign();
    const body = { containerId: bench.containerId, instanceId, token };
    const adopted = await claims.adopt(body, oscar);
    expect(adopted).toMatchObject({ state: 'running', adopted: true, instanceId });
    expect((await claimById(bench.store.db, adopted.id))?.token).not.toContain(token);
    await expect(claims.adopt(body, olga)).rejects.toMatchObject({ code: 'conflict' });
    expect((await claims.release(adopted.id, oscar)).state).toBe('released');
    expect(await bench.active(bench.containerId)).not.toContain(instanceId);
  });

  it('says that the token is wrong and leaves the instance running', async () => {
    const instanceId = await foreign();
    const body = { containerId: bench.containerId, instanceId, token: 'not-this-one' };
    const adopted = await claims.adopt(body, oscar);
    expect(await claims.release(adopted.id, oscar)).toMatchObject({
      state: 'lost',
      failure: { code: '403.mismatch' },
    });
    expect(await bench.active(bench.containerId)).toContain(instanceId);
    expect((await claims.adopt({ ...body, token }, oscar)).state).toBe('running');
  });

  it('refuses an instance that does not run', async () => {
    const body = { containerId: bench.containerId, instanceId: 'f'.repeat(24), token };
    await expect(claims.adopt(body, oscar)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('reveal', () => {
  it('is for owner and admin, recorded, and impossible after the claim’s end', async () => {
    const { id } = await run();
    await expect(claims.reveal(id, olga)).rejects.toMatchObject({ code: 'forbidden' });
    const secrets = await claims.reveal(id, oscar);
    expect(bench.tokens).toContain(secrets.token);
    expect(bench.activity.at(-1)).toMatchObject({ actor: 'oscar', action: 'claim.reveal' });
    expect(JSON.stringify([bench.activity, bench.log])).not.toContain('value-of-job');
    await claims.release(id, oscar);
    await expect(claims.reveal(id, oscar)).rejects.toMatchObject({ code: 'not-allowed-now' });
  });
});

describe('other processes on the same store', () => {
  it('leave a fresh claim to the process that made it', async () => {
    await bench.close();
    bench = await claimsBench({ singleProcess: false });
    claims = bench.serve();
    const claimed = await claims.request({ containerId: bench.containerId }, oscar);
    const other = bench.serve();
    await other.recover();
    expect((await claims.spawn(claimed.id, {}, oscar)).state).toBe('running');
  });
});

describe('pages', () => {
  it('continue after the last claim, and search', async () => {
    for (let made = 0; made < 3; made += 1) {
      const { id } = await claims.request({ containerId: bench.containerId }, made === 1 ? olga : oscar);
      await claims.release(id, ada);
      bench.clock.advance(1);
    }
    const first = await claims.list({ state: 'all', limit: 2 });
    expect([first.claims.length, first.nextBefore]).toEqual([2, first.claims[1]?.id]);
    const rest = await claims.list({ state: 'all', limit: 2, before: first.nextBefore ?? '' });
    expect([rest.claims.length, rest.nextBefore]).toEqual([1, null]);
    const found = await claims.list({ state: 'all', limit: 9, q: 'OLGA' });
    expect(found.claims.map(({ owner }) => owner)).toEqual(['olga']);
    expect((await claims.list({ state: 'all', limit: 9, q: '%' })).claims).toEqual([]);
  });
});
