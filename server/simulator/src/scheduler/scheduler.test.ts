import { describe, expect, it } from 'vitest';

import type { Simulator } from '../index.ts';
import { containerId, cycle, instancesOf, scheduler, startStill } from '../simulator.fixture.ts';

const token = 'job-0001';

async function startQuiet(): Promise<Simulator> {
  const simulator = await startStill();
  simulator.live.world.clock.stop();
  return simulator;
}

const claim = async (simulator: Simulator, shard = 0, container?: string): Promise<string> =>
  (await scheduler(simulator, 'claim', { shard, body: { token }, ...(container ? { container } : {}) })).json
    .data.instance_id;

const stateOf = async (simulator: Simulator, id: string) =>
  (await instancesOf(simulator, 'render')).find((each) => each.id === id)?.state.current;

describe('claim, spawn and release', () => {
  it('take an instance from stopped to running and back, a claim alone changing nothing to see', async () => {
    const simulator = await startQuiet();
    const instance_id = await claim(simulator);
    expect(await stateOf(simulator, instance_id)).toBe('stopped');
    const spawned = await scheduler(simulator, 'spawn', { body: { token, instance_id } });
    expect(spawned.json.data).toMatchObject({ instance_id, token, server_id: expect.any(String) });
    expect(await stateOf(simulator, instance_id)).toBe('starting');
    simulator.advance(4_000);
    expect(await stateOf(simulator, instance_id)).toBe('running');
    expect(Object.keys((await scheduler(simulator, 'active')).json.data)).toEqual([instance_id]);
    expect((await scheduler(simulator, 'release', { body: { token, instance_id } })).status).toBe(200);
    expect(await stateOf(simulator, instance_id)).toBe('stopping');
    expect((await scheduler(simulator, 'active')).json.data).toEqual({});
    simulator.advance(3_000);
    expect(await stateOf(simulator, instance_id)).toBe('stopped');
  });

  it('lose a claim that is not spawned within ten seconds', async () => {
    const simulator = await startQuiet();
    const instance_id = await claim(simulator);
    simulator.advance(9_999);
    const second = await claim(simulator);
    expect(second).not.toBe(instance_id);
    simulator.advance(1);
    const late = await scheduler(simulator, 'spawn', { body: { token, instance_id } });
    expect(late.json.error.code).toBe('404.instance');
    expect((await scheduler(simulator, 'spawn', { body: { token, instance_id: second } })).status).toBe(200);
  });

  it('say what is wrong with a token, a state, a container or a key', async () => {
    const simulator = await startQuiet();
    const instance_id = await claim(simulator);
    const code = async (verb: string, call: Parameters<typeof scheduler>[2]) =>
      (await scheduler(simulator, verb, call)).json.error.code;
    expect(await code('claim', { body: { token: 'four' } })).toBe('422.invalid-argument');
    expect(await code('spawn', { body: { token: 'abcd', instance_id } })).toBe('422.invalid-argument');
    expect(await code('release', { body: { token: 'abcd', instance_id } })).toBe('422.invalid-argument');
    expect(await code('spawn', { body: { token: 'another-token', instance_id } })).toBe('403.mismatch');
    await scheduler(simulator, 'spawn', { body: { token, instance_id } });
    expect(await code('spawn', { body: { token, instance_id } })).toBe('403.invalid-state');
    const api = containerId(simulator, 'api');
    expect(await code('claim', { body: { token }, container: api })).toBe('422.not-compatible');
    expect(await code('claim', { body: { token }, container: 'f'.repeat(24) })).toBe('404.container');
    expect(await code('claim', { body: { token }, headers: {} })).toBe('401.auth-invalid');
    const [, other] = simulator.live.world.accessKeys;
    const headers = { 'x-cycle-access-key': other?.secret ?? '' };
    expect(await code('claim', { body: { token }, headers })).toBe('403.invalid-ip');
  });

  it('give an unspawned claim back at once when it is released', async () => {
    const simulator = await startQuiet();
    const instance_id = await claim(simulator);
    expect((await scheduler(simulator, 'release', { body: { token, instance_id } })).status).toBe(200);
    expect(await claim(simulator)).toBe(instance_id);
  });

  it('stop an instance after max_runtime', async () => {
    const simulator = await startQuiet();
    const instance_id = await claim(simulator);
    await scheduler(simulator, 'spawn', { body: { token, instance_id } });
    simulator.advance(15 * 60_000 - 1);
    expect(await stateOf(simulator, instance_id)).toBe('running');
    simulator.advance(1);
    expect(await stateOf(simulator, instance_id)).toBe('stopping');
  });
});

describe('the two shards', () => {
  it('each hold their own share of the pool and know only their own claims', async () => {
    const simulator = await startQuiet();
    const [first, second] = [await claim(simulator, 0), await claim(simulator, 1)];
    expect(first).not.toBe(second);
    const astray = await scheduler(simulator, 'spawn', { shard: 1, body: { token, instance_id: first } });
    expect(astray.json.error.code).toBe('404.instance');
    await scheduler(simulator, 'spawn', { shard: 0, body: { token, instance_id: first } });
    await scheduler(simulator, 'spawn', { shard: 1, body: { token, instance_id: second } });
    expect(Object.keys((await scheduler(simulator, 'active', { shard: 0 })).json.data)).toEqual([first]);
    expect(Object.keys((await scheduler(simulator, 'active', { shard: 1 })).json.data)).toEqual([second]);
  });
});

describe('an empty pool', () => {
  const exhaust = async (simulator: Simulator, container: string) => {
    const held: string[] = [];
    for (let each = 0; each < 3; each++) {
      const instance_id = await claim(simulator, 0, container);
      await scheduler(simulator, 'spawn', { container, body: { token, instance_id } });
      held.push(instance_id);
    }
    return held;
  };

  /** Advances the clock in small steps, as the request is still on its way. */
  const turnUntil = <T>(simulator: Simulator, answer: Promise<T>): Promise<T> => {
    const turning = setInterval(() => simulator.advance(100), 2);
    void answer.finally(() => clearInterval(turning));
    return answer;
  };

  it('makes a claim wait max_queue_time and then refuses it', async () => {
    const simulator = await startQuiet();
    const container = containerId(simulator, 'simulate');
    await exhaust(simulator, container);
    const startedAt = simulator.live.world.clock.now();
    const answer = await turnUntil(simulator, scheduler(simulator, 'claim', { container, body: { token } }));
    expect(answer.json.error).toMatchObject({ status: 504, code: '504.not-available' });
    expect(simulator.live.world.clock.now() - startedAt).toBeGreaterThanOrEqual(5_000);
  });

  it('gives a waiting claim the instance that is released meanwhile', async () => {
    const simulator = await startQuiet();
    const container = containerId(simulator, 'simulate');
    const [held] = await exhaust(simulator, container);
    const waiting = scheduler(simulator, 'claim', { container, body: { token: 'next-in-line' } });
    await scheduler(simulator, 'release', { container, body: { token, instance_id: held } });
    expect((await turnUntil(simulator, waiting)).json.data).toMatchObject({
      instance_id: held,
      token: 'next-in-line',
    });
  });

  it('is what queue-full begins with, on every shard', async () => {
    const simulator = await startStill({ scenario: 'queue-full' });
    for (const container of ['render', 'simulate'].map((name) => containerId(simulator, name)))
      for (const shard of [0, 1]) expect(simulator.live.pool.idle(shard, container)).toBe(0);
  });
});

describe('other callers', () => {
  it('come and go without ever taking the whole pool', async () => {
    const simulator = await startStill();
    const render = containerId(simulator, 'render');
    const seen = new Set<number>();
    for (let minute = 0; minute < 240; minute++) {
      simulator.advance(15_000);
      seen.add(simulator.live.pool.active(0, render).length);
      expect(simulator.live.pool.idle(0, render)).toBeGreaterThan(1);
    }
    expect(seen.size).toBeGreaterThan(1);
  });
});

describe('a function instance started by the conductor', () => {
  it('belongs to the token of its task', async () => {
    const simulator = await startQuiet();
    const [instance] = await instancesOf(simulator, 'render');
    const contents = {
      instance_id: instance.id,
      container_id: instance.container_id,
      function: { token: 'by-conductor', runtime_variables: {} },
    };
    const body = { action: 'container.instance.start', contents };
    expect((await cycle(simulator, '/v1/conductor/tasks', { method: 'POST', body })).text).toBe('{}');
    expect(Object.keys((await scheduler(simulator, 'active')).json.data)).toEqual([instance.id]);
    const release = { token: 'by-conductor', instance_id: instance.id };
    expect((await scheduler(simulator, 'release', { body: release })).status).toBe(200);
  });
});
