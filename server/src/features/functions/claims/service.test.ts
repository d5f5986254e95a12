import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { claimById } from '../../../store/claims.ts';
import type { ClaimRow } from '../../../store/claims.ts';
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

const states = async (id: string): Promise<string[]> =>
  (await claims.detail(id)).transitions.map((step) => step.to);
const fail = (verb: string, kind: 'cut' | 'empty-403' | 'throttle' | 'status', count = 1) =>
  bench.simulator.fail({
    api: 'scheduler',
    kind,
    count,
    match: { method: 'POST', pathPrefix: `/v1/functions/${bench.containerId}/${verb}` },
  });
const claimOne = () => claims.request({ containerId: bench.containerId }, oscar);
/** Stops at the first refusal. */
const claimUntilRefused = async (times: number): Promise<unknown[]> => {
  const answers: unknown[] = [];
  for (let held = 0; held < times; held += 1) {
    const answer = await claimOne().catch((error: unknown) => error);
    answers.push(answer);
    if (answer instanceof Error) break;
  }
  return answers;
};

describe('the path of a claim', () => {
  it('is claimed, spawned with variables and released, each step stored', async () => {
    const claimed = await claimOne();
    expect(claimed).toMatchObject({ state: 'claimed', owner: 'oscar', variableNames: [] });
    expect(Date.parse(claimed.spawnBy ?? '') - Date.parse(claimed.requestedAt)).toBe(10_000);
    const running = await claims.spawn(claimed.id, { JOB: 'value-of-job' }, oscar);
    expect(running).toMatchObject({ state: 'running', variableNames: ['JOB'] });
    expect(Date.parse(running.runsUntil ?? '') - Date.parse(running.spawnedAt ?? '')).toBe(900_000);
    expect(await bench.active(bench.containerId)).toContain(running.instanceId);
    const released = await claims.release(claimed.id, oscar);
    expect(released).toMatchObject({ state: 'released', failure: null });
    expect(await bench.active(bench.containerId)).not.toContain(running.instanceId);
    expect(await states(claimed.id)).toEqual([
      'requested',
      'claimed',
      'spawning',
      'running',
      'releasing',
      'released',
    ]);
  });

  it('claims and spawns in one request', async () => {
    const running = await claims.request(
      { containerId: bench.containerId, spawn: { environmentVariables: {} } },
      oscar,
    );
    expect(running.state).toBe('running');
    expect(claims.numbers()).toEqual({ running: 1, waiting: 0, starting: 0, releasing: 0 });
  });

  it('tries the shard with the fewest open claims of ours first, then round-robin', async () => {
    const [first, second] = [await claimOne(), await claimOne()];
    const addressOf = async ({ id }: { id: string }) =>
      (await claimById(bench.store.db, id))?.scheduler_address;
    expect([await addressOf(first), await addressOf(second)]).toEqual(['127.0.0.1', '127.0.0.2']);
    await claims.release(second.id, oscar);
    expect(await addressOf(await claimOne())).toBe('127.0.0.2');
  });

  it('expires after ten seconds and can’t be spawned any more', async () => {
    const claimed = await claimOne();
    bench.clock.advance(9_999);
    await claims.tick();
    expect((await claims.detail(claimed.id)).state).toBe('claimed');
    bench.clock.advance(1);
    await expect(claims.spawn(claimed.id, {}, oscar)).rejects.toMatchObject({ code: 'not-allowed-now' });
    await claims.tick();
    expect((await claims.detail(claimed.id)).state).toBe('expired');
  });

  it('ends by the limit when max_runtime is over', async () => {
    const running = await claims.request(
      { containerId: bench.containerId, spawn: { environmentVariables: {} } },
      oscar,
    );
    bench.clock.advance(15 * 60_000 + 1_000);
    await claims.tick();
    expect((await claims.detail(running.id)).state).toBe('ended-by-limit');
  });

  it('is lost when the run ends early without a release from here', async () => {
    const running = await claims.request(
      { containerId: bench.containerId, spawn: { environmentVariables: {} } },
      oscar,
    );
    bench.clock.advance(20_000);
    bench.simulator.happen({ kind: 'instance.stop', id: running.instanceId ?? '' });
    bench.clock.advance(15_000);
    await claims.tick();
    expect(await claims.detail(running.id)).toMatchObject({ state: 'lost', failure: { code: 'lost' } });
  });

  it('does not mistake a later claim’s run on the same instance for its own', async () => {
    const { id } = await claims.request(
      { containerId: bench.containerId, spawn: { environmentVariables: {} } },
      oscar,
    );
    const later = await claimById(bench.store.db, id);
    const claimedAt = later?.claimed_at ?? 0;
    // Its window closed just before the other was granted; its spawn was never answered.
    const earlier = {
      ...(later as ClaimRow),
      id: randomUUID(),
      state: 'spawning' as const,
      claimed_at: claimedAt - 10_050,
      spawn_by: claimedAt - 50,
      spawned_at: null,
    };
    await bench.store.db.insertInto('claims').values(earlier).execute();
    await claims.tick();
    expect((await claims.detail(earlier.id)).state).toBe('spawning');
    bench.clock.advance(3_000);
    await claims.tick();
    expect(await claims.detail(earlier.id)).toMatchObject({
      state: 'expired',
      failure: { code: 'unanswered' },
    });
    expect((await claims.detail(id)).state).toBe('running');
  });
});

describe('who may act', () => {
  it('is the owner or an admin', async () => {
    const claimed = await claimOne();
    await expect(claims.spawn(claimed.id, {}, olga)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(claims.release(claimed.id, olga)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await claims.release(claimed.id, ada)).state).toBe('released');
    await expect(claims.release(claimed.id, ada)).rejects.toMatchObject({ code: 'not-allowed-now' });
  });
});

describe('refusals', () => {
  it('names a wrong access key, also where the answer is an empty 403', async () => {
    const wrong = bench.serve({ accessKey: 'not-the-key' });
    await expect(wrong.request({ containerId: bench.containerId }, oscar)).rejects.toMatchObject({
      upstream: 'scheduler',
      fault: 'unauthorized',
    });
    fail('claim', 'empty-403');
    await expect(claimOne()).rejects.toMatchObject({ fault: 'unauthorized' });
    const { claims: ended } = await claims.list({ state: 'ended', limit: 10 });
    expect(ended.map((claim) => claim.state)).toEqual(['refused', 'refused']);
  });

  it('tries every shard and says so when the whole pool is in use', async () => {
    const container = bench.simulator.live.world.containers.get(bench.containerId);
    if (container?.functionLimits) container.functionLimits.maxQueueTime = '0s';
    // The clock is manual: waiting in an exhausted shard's queue needs it advanced.
    const turning = setInterval(() => bench.clock.advance(1), 5);
    const answers = await claimUntilRefused(13).finally(() => clearInterval(turning));
    expect(answers.at(-1)).toMatchObject({ code: 'upstream-refused' });
    const [refused] = (await claims.list({ state: 'ended', limit: 1 })).claims;
    expect(refused).toMatchObject({ state: 'refused', failure: { code: '504.not-available' } });
    expect(await states(refused?.id ?? '')).toEqual(['requested', 'requested', 'refused']);
  });

  it('leaves the claim claimed when the spawn was throttled', async () => {
    const claimed = await claimOne();
    fail('spawn', 'throttle');
    await expect(claims.spawn(claimed.id, {}, oscar)).rejects.toMatchObject({ fault: 'rate-limited' });
    expect((await claims.detail(claimed.id)).state).toBe('claimed');
    expect((await claims.spawn(claimed.id, {}, oscar)).state).toBe('running');
  });
});

describe('secrets', () => {
  it('stay out of responses, events, activity and log, and are deleted at the claim’s end', async () => {
    const claimed = await claimOne();
    fail('spawn', 'cut');
    await claims.spawn(claimed.id, { PASSWORD: 'value-of-password' }, oscar);
    const row = await claimById(bench.store.db, claimed.id);
    expect(`${row?.token}${row?.variables}`).not.toContain('value-of-password');
    await claims.release(claimed.id, oscar);
    const detail = await claims.detail(claimed.id);
    const said = JSON.stringify([detail, bench.events, bench.activity, bench.log]);
    for (const secret of [
      ...bench.tokens,
      'value-of-password',
      bench.simulator.env['SCHEDULER_ACCESS_KEY'] ?? '?',
    ]) {
      expect(said).not.toContain(secret);
    }
    expect(await claimById(bench.store.db, claimed.id)).toMatchObject({ token: '', variables: null });
  });
});
