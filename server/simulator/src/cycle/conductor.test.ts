import { describe, expect, it } from 'vitest';

import type { Simulator } from '../index.ts';
import { containerId, control, cycle, instancesOf, startStill } from '../simulator.fixture.ts';

const task = (simulator: Simulator, verb: 'start' | 'stop', instance: { id: string; container_id: string }) =>
  cycle(simulator, '/v1/conductor/tasks', {
    method: 'POST',
    body: {
      action: `container.instance.${verb}`,
      contents: { instance_id: instance.id, container_id: instance.container_id },
    },
  });

const stateOf = async (simulator: Simulator, identifier: string, place: number) =>
  (await instancesOf(simulator, identifier))[place].state.current;

describe('conductor tasks', () => {
  it('answer {} and take an instance through stopping, stopped, starting and running', async () => {
    const simulator = await startStill({ scenario: 'queue-full' });
    const [instance] = await instancesOf(simulator, 'redis');
    const answer = await task(simulator, 'stop', instance);
    expect([answer.status, answer.text]).toEqual([200, '{}']);
    expect(await stateOf(simulator, 'redis', 0)).toBe('stopping');
    simulator.advance(3_000);
    expect(await stateOf(simulator, 'redis', 0)).toBe('stopped');
    await task(simulator, 'start', instance);
    expect(await stateOf(simulator, 'redis', 0)).toBe('starting');
    simulator.advance(4_000);
    expect(await stateOf(simulator, 'redis', 0)).toBe('running');
  });

  it.each([
    ['map-tiles', 1, 'hibernate'],
    ['telemetry-ingest', 2, 'purge'],
    ['video-relay', 0, 'configuring'],
  ])('are dropped silently for %s, whose ready_state is %s %s', async (identifier, place, readyState) => {
    const simulator = await startStill({ scenario: 'degraded' });
    const before = (await instancesOf(simulator, identifier))[place];
    expect(before.ready_state).toBe(readyState);
    expect((await task(simulator, 'start', before)).text).toBe('{}');
    expect(await stateOf(simulator, identifier, place)).toBe(before.state.current);
  });

  it('make a broken instance fail again, with the error on its state', async () => {
    const simulator = await startStill({ scenario: 'degraded' });
    const broken = (await instancesOf(simulator, 'api'))[2];
    expect(broken.state.current).toBe('failed');
    await task(simulator, 'start', broken);
    simulator.advance(4_000);
    const after = (await instancesOf(simulator, 'api'))[2];
    expect(after.state).toMatchObject({
      current: 'failed',
      error: { message: expect.stringContaining('78') },
    });
  });

  it('name the field of a bad task', async () => {
    const simulator = await startStill();
    const post = (body: unknown) => cycle(simulator, '/v1/conductor/tasks', { method: 'POST', body });
    expect((await post({ action: 'container.instance.restart', contents: {} })).json.error).toMatchObject({
      status: 422,
      code: '422.invalid-argument',
      detail: expect.stringContaining('action'),
    });
    const contents = { instance_id: 'f'.repeat(24), container_id: containerId(simulator, 'api') };
    const unknown = await post({ action: 'container.instance.stop', contents });
    expect(unknown.json.error.code).toBe('404.instance');
  });
});

describe('a restart', () => {
  it('begins the counters anew and leaves no row while the instance is down', async () => {
    const simulator = await startStill({ scenario: 'empty' });
    const row = async () => (await cycle(simulator, '/v1/server/instances/telemetry')).json.data[0]?.stats;
    simulator.advance(60_000);
    const before = await row();
    const { instanceId } = simulator.live.world.self;
    await control(simulator, '/events', {
      method: 'POST',
      body: { kind: 'instance.restart', id: instanceId },
    });
    expect(await row()).toBeUndefined();
    simulator.advance(8_000);
    const after = await row();
    expect(after.cpu.usage.total).toBeLessThan(before.cpu.usage.total);
    simulator.advance(5_000);
    expect((await row()).cpu.usage.total).toBeGreaterThan(after.cpu.usage.total);
  });
});

describe('power', () => {
  it('takes down the instances of the own server only, and a reboot brings them back', async () => {
    const simulator = await startStill({ scenario: 'queue-full' });
    const { serverId } = simulator.live.world.self;
    const states = async () => {
      const { data } = (await cycle(simulator, '/v1/environment/instances')).json;
      const plain = data.filter((each: { function?: object }) => !each.function);
      const here = plain.filter((each: { server_id: string }) => each.server_id === serverId);
      const running = (list: { state: { current: string } }[]) =>
        list.filter((each) => each.state.current === 'running').length;
      return { here: running(here), elsewhere: running(plain) - running(here) };
    };
    const before = await states();
    expect((await cycle(simulator, '/v1/server/power/poweroff', { method: 'POST' })).json).toEqual({
      data: true,
    });
    simulator.advance(3_500);
    const off = await states();
    expect(off.here).toBe(0);
    expect(off.elsewhere).toBeGreaterThan(before.elsewhere - 4);
    await cycle(simulator, '/v1/server/power/reboot', { method: 'POST' });
    simulator.advance(25_000);
    expect((await states()).here).toBeGreaterThan(before.here - 3);
  });

  it('is refused where the container has no power management', async () => {
    const simulator = await startStill();
    const { world } = simulator.live;
    const own = world.containers.get(world.self.containerId);
    if (own) world.containers.set(own.id, { ...own, powerManagement: false });
    const answer = await cycle(simulator, '/v1/server/power/reboot', { method: 'POST' });
    expect(answer.json.error).toMatchObject({ status: 403, code: '403.not-allowed' });
  });
});
