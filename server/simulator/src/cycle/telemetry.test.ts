import { describe, expect, it } from 'vitest';

import type { Simulator } from '../index.ts';
import type { Json } from '../simulator.fixture.ts';
import { control, cycle, startStill } from '../simulator.fixture.ts';

const rowsOf = async (simulator: Simulator): Promise<Json[]> =>
  (await cycle(simulator, '/v1/server/instances/telemetry')).json.data;
const statsOf = async (simulator: Simulator): Promise<Json[]> =>
  (await rowsOf(simulator)).map(({ stats }: Json) => stats);
const interfacesOf = (stats: Json[]): Json[] => stats.flatMap(({ network }) => network.interfaces);

describe('telemetry', () => {
  it('keeps private and public interfaces apart, with errors and drops that only grow', async () => {
    const simulator = await startStill();
    simulator.advance(60_000);
    const before = interfacesOf(await statsOf(simulator));
    expect(new Set(before.map(({ name }) => name.slice(0, 5)))).toEqual(new Set(['i-pri', 'i-pub']));
    for (const field of ['rx_dropped', 'tx_dropped', 'rx_errors', 'tx_errors'])
      expect(before.some((each) => each[field] > 0)).toBe(true);
    simulator.advance(600_000);
    const after = new Map(interfacesOf(await statsOf(simulator)).map((each) => [each.name, each]));
    const kept = before.filter(({ name, rx_bytes }) => after.get(name)?.rx_bytes >= rx_bytes);
    expect(kept.length).toBeGreaterThan(5);
    for (const each of kept)
      for (const field of ['rx_dropped', 'tx_dropped', 'rx_errors', 'tx_errors'])
        expect(after.get(each.name)[field]).toBeGreaterThanOrEqual(each[field]);
  });

  it('has limit hits, swap and cache where there are any', async () => {
    const simulator = await startStill({ scenario: 'ten-thousand' });
    const memories = (await statsOf(simulator)).map(({ memory }) => memory);
    const hit = memories.filter(({ usage }) => usage.fail_count > 0);
    expect(hit.length).toBeGreaterThan(0);
    expect(hit.length).toBeLessThan(memories.length / 2);
    for (const { usage } of hit) expect(usage.max_usage).toBe(usage.limit);
    expect(memories.some(({ swap_usage }) => swap_usage.usage > 0)).toBe(true);
    expect(memories.some(({ swap_usage }) => swap_usage.usage === 0)).toBe(true);
    for (const { cache, usage } of memories) expect(cache).toBeLessThan(usage.usage);
  });
});

describe('telemetry events', () => {
  const aheadBy = async (simulator: Simulator): Promise<number> =>
    Date.parse((await statsOf(simulator))[0].time) - simulator.live.world.clock.now();

  it('put sample times ahead of the truth for a while, or back', async () => {
    const simulator = await startStill();
    simulator.happen({ kind: 'telemetry.clock', ms: 3_600_000, forMs: 60_000 });
    expect(await aheadBy(simulator)).toBe(3_600_000);
    simulator.advance(59_000);
    expect(await aheadBy(simulator)).toBe(3_600_000);
    simulator.advance(1_000);
    expect(await aheadBy(simulator)).toBe(0);
    simulator.happen({ kind: 'telemetry.clock', ms: 10_000, forMs: 5_000 });
    simulator.happen({ kind: 'telemetry.clock', ms: -30_000 });
    simulator.advance(10_000);
    expect(await aheadBy(simulator)).toBe(-30_000);
    simulator.happen({ kind: 'telemetry.clock' });
    expect(await aheadBy(simulator)).toBe(0);
  });

  it.each([
    ['network', (stats: Json) => 'network' in stats, false],
    ['interfaces', (stats: Json) => stats.network.interfaces, null],
    ['no-interfaces', (stats: Json) => stats.network.interfaces.length, 0],
    [
      'counters',
      (stats: Json) => [stats.cpu.usage.total, stats.network.interfaces[0].rx_bytes],
      [null, null],
    ],
    ['cpu', (stats: Json) => 'cpu' in stats, false],
    ['memory', (stats: Json) => 'memory' in stats, false],
  ] as const)('leave out %s once', async (part, read, expected) => {
    const simulator = await startStill();
    const whole = (await statsOf(simulator)).map(read);
    simulator.happen({ kind: 'telemetry.missing', part });
    const once = (await statsOf(simulator)).map(read);
    expect(once).toEqual(whole.map(() => expected));
    expect((await statsOf(simulator)).map(read)).toEqual(whole);
  });

  it('leave out a part, or the row, of one instance only', async () => {
    const simulator = await startStill();
    const { instanceId: id } = simulator.live.world.self;
    const body = { kind: 'telemetry.missing', part: 'network', id };
    expect((await control(simulator, '/events', { method: 'POST', body })).status).toBe(200);
    const rows = await rowsOf(simulator);
    const without = rows.filter(({ stats }) => !('network' in stats));
    expect(without.map(({ instance_id }) => instance_id)).toEqual([id]);
    simulator.happen({ kind: 'telemetry.missing', part: 'row', id });
    expect((await rowsOf(simulator)).length).toBe(rows.length - 1);
    const odd = await control(simulator, '/events', { method: 'POST', body: { ...body, part: 'disk' } });
    expect([odd.status, odd.json.error]).toEqual([
      422,
      expect.stringContaining('part: expected one of network'),
    ]);
  });

  it('report a memory limit above what the host has', async () => {
    const simulator = await startStill();
    const limits = async () =>
      new Set((await statsOf(simulator)).map(({ memory }) => memory.usage.limit as number));
    const unlimited = 9_223_372_036_854_771_712;
    const truth = await limits();
    simulator.happen({ kind: 'telemetry.memory-limit', bytes: unlimited });
    expect(await limits()).toEqual(new Set([unlimited]));
    simulator.happen({ kind: 'telemetry.memory-limit' });
    expect(await limits()).toEqual(truth);
  });
});
