import { describe, expect, it } from 'vitest';

import { manualClock } from '../clock.ts';
import { createLiveWorld } from '../live-world.ts';
import { createRandom } from '../random.ts';
import { scenarioPlan } from '../scenarios/index.ts';
import { countersOf } from './telemetry.ts';

const MINUTE = 60_000;
/** Ten thousand instances take seconds on a busy machine. */
const HEAVY_MS = 60_000;

function live(scenario: string, seed: number) {
  const clock = manualClock();
  const world = createLiveWorld(scenarioPlan(scenario), clock, createRandom(seed), 2);
  const heard: string[] = [];
  world.bus.onNotification(({ topic, id, state }) =>
    heard.push(`${clock.now()} ${topic} ${id} ${state ?? ''}`),
  );
  return { ...world, clock, heard };
}

describe('life', () => {
  it('is the same for the same seed and another for another', () => {
    const runs = [7, 7, 8].map((seed) => {
      const { clock, heard } = live('healthy', seed);
      clock.advance(10 * MINUTE);
      return heard;
    });
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]).not.toEqual(runs[2]);
  });

  it('shows a change every few seconds in a healthy world, which stays mostly healthy', () => {
    const { clock, heard, world } = live('healthy', 3);
    for (let hour = 0; hour < 3; hour++) {
      clock.advance(60 * MINUTE);
      const plain = [...world.instances.values()].filter((each) => each.functionSeed === null);
      const well = plain.filter((each) => each.state === 'running' && each.health?.healthy !== false);
      expect(well.length / plain.length).toBeGreaterThan(0.8);
    }
    expect(heard.length / (3 * 3600)).toBeGreaterThan(0.1);
  });

  it('never touches the dashboard itself, and keeps the number of instances', () => {
    const { clock, world } = live('healthy', 4);
    const before = world.instances.size;
    clock.advance(120 * MINUTE);
    expect(world.instances.get(world.self.instanceId)).toMatchObject({ state: 'running', revision: 0 });
    expect(Math.abs(world.instances.size - before)).toBeLessThanOrEqual(2);
  });

  it(
    'changes some instances each second of ten thousand, never more than twenty on average',
    () => {
      const { clock, heard } = live('ten-thousand', 1);
      clock.advance(20_000);
      const before = heard.length;
      clock.advance(20_000);
      const moved = heard.slice(before).filter((line) => line.includes('container.instance.'));
      expect(moved.length / 20).toBeGreaterThan(3);
      expect(moved.length / 20).toBeLessThan(20);
    },
    HEAVY_MS,
  );
});

describe('telemetry', () => {
  it('only grows while an instance runs, faster in the afternoon than at night', () => {
    const { clock, world } = live('empty', 1);
    const self = world.instances.get(world.self.instanceId);
    if (!self) throw new Error('expected the own instance');
    const cpuInHour = () => {
      const before = countersOf(world, self)?.cpuTotal ?? 0;
      clock.advance(60 * MINUTE);
      const grown = (countersOf(world, self)?.cpuTotal ?? 0) - before;
      expect(grown).toBeGreaterThan(0);
      return grown;
    };
    const day = Array.from({ length: 24 }, cpuInHour);
    // The clock begins at 09:00 UTC: the sixth hour is the afternoon's, the eighteenth the night's.
    expect((day[5] ?? 0) / (day[17] ?? 1)).toBeGreaterThan(1.5);
  });
});
