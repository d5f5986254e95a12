import { describe, expect, it } from 'vitest';

import { manualClock } from '../clock.ts';
import { createLiveWorld } from '../live-world.ts';
import { createRandom } from '../random.ts';
import { cycle, rerobots, startStill } from '../simulator.fixture.ts';
import { SCENARIO_NAMES, scenarioPlan } from './index.ts';

const build = (name: string) => createLiveWorld(scenarioPlan(name), manualClock(), createRandom(1), 2).world;

describe('scenarios', () => {
  it.each(SCENARIO_NAMES)(
    '%s places every instance on a server, in a container, with an id of its own',
    (name) => {
      const world = build(name);
      for (const instance of world.instances.values()) {
        expect(world.containers.has(instance.containerId)).toBe(true);
        expect(world.servers.has(instance.serverId)).toBe(true);
        expect(instance.id).toMatch(/^[0-9a-f]{24}$/);
      }
      expect(world.instances.get(world.self.instanceId)).toMatchObject({
        containerId: world.self.containerId,
        serverId: world.self.serverId,
      });
    },
  );

  it('healthy is a small company: four servers, two places, all five services, two machines, two networks', () => {
    const world = build('healthy');
    expect([world.servers.size, world.locations.size]).toEqual([4, 2]);
    expect([world.virtualMachines.size, world.networks.length]).toEqual([2, 2]);
    expect(world.instances.size).toBeGreaterThanOrEqual(60);
    const services = [...world.instances.values()].map((each) => each.service).filter(Boolean);
    expect(new Set(services).size).toBe(5);
    expect([...world.instances.values()].every((each) => ['running', 'stopped'].includes(each.state))).toBe(
      true,
    );
  });

  it('degraded shows every unusual state', () => {
    const instances = [...build('degraded').instances.values()];
    const states = new Set(instances.map((each) => each.state));
    expect(states).toEqual(new Set(['running', 'failed', 'stopped', 'new', 'migrating']));
    expect(new Set(instances.map((each) => each.readyState)).size).toBe(4);
    expect(instances.some((each) => each.health?.healthy === false)).toBe(true);
    expect(instances.some((each) => each.health?.healthy === null)).toBe(true);
    expect(instances.some((each) => each.health === null)).toBe(true);
  });

  it('empty holds the dashboard and nothing else', () => {
    const world = build('empty');
    expect([world.containers.size, world.instances.size, world.otherInstances.length]).toEqual([1, 1, 0]);
  });

  it('still leaves an instance as it is that nobody touches', () => {
    const statesAfterAnHour = (name: string) => {
      const clock = manualClock();
      const { world } = createLiveWorld(scenarioPlan(name), clock, createRandom(1), 2);
      const states = () =>
        [...world.instances.values()]
          .filter(({ functionSeed }) => functionSeed === null)
          .map(({ id, state, health, startedAt }) => [id, state, health?.healthy, startedAt]);
      const before = states();
      clock.advance(3_600_000);
      return [before, states()];
    };
    const [before, after] = statesAfterAnHour('still');
    expect(after).toEqual(before);
    const [lively, livelyAfter] = statesAfterAnHour('healthy');
    expect(livelyAfter).not.toEqual(lively);
  });

  it('ten-thousand is that large', () => {
    const world = build('ten-thousand');
    expect(world.instances.size).toBe(10_000);
    expect([world.servers.size, world.locations.size]).toEqual([40, 4]);
    expect(world.containers.size).toBeGreaterThan(100);
  });

  it('name the known ones when asked for another', () => {
    expect(() => scenarioPlan('toString')).toThrow(/expected one of healthy, degraded/);
  });
});

describe('odd names', () => {
  it('has empty, blank, reversed, endless and unreadable names and errors, besides all that is healthy', async () => {
    const simulator = await startStill({ scenario: 'odd-names' });
    const { data: containers } = (await cycle(simulator, '/v1/environment/containers')).json;
    const names = containers.map(({ name }: { name: string }) => name);
    expect(names).toContain('API');
    for (const odd of ['', ' \t ', '\u202Egnp.troper', 'خدمة معالجة الخرائط']) expect(names).toContain(odd);
    expect(Math.max(...names.map((name: string) => name.length))).toBeGreaterThan(300);
    const nameless = containers.filter(
      (each: { name: string; identifier: string }) => !each.name && !each.identifier,
    );
    expect(nameless).toHaveLength(1);
    const { data: instances } = (await cycle(simulator, '/v1/environment/instances')).json;
    const errors = instances.flatMap(
      ({ state }: { state: { error?: { message: string } } }) => state.error?.message ?? [],
    );
    expect(errors).toContain('E'.repeat(5_000));
    expect(errors.filter((message: string) => message.includes('\u001B[2J'))).toHaveLength(1);
    expect(instances.some(({ hostname }: { hostname: string }) => hostname === '')).toBe(true);
    const { info } = (await rerobots(simulator, '/deployments?info=t')).json;
    const regions = Object.values(info).map((each) => (each as { region: string }).region);
    expect(regions).toContain('\u202Eilac:su');
  });
});
