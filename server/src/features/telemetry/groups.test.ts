import { groupQuery, telemetryResponse } from '@cyclorama/shared/telemetry.ts';
import type { TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { telemetryBench } from './telemetry.fixture.ts';
import type { TelemetryBench } from './telemetry.fixture.ts';
import type { TelemetryService } from './types.ts';

let bench: TelemetryBench;
let service: TelemetryService;
let range: { from: number; to: number; points: number };
beforeEach(async () => {
  bench = await telemetryBench();
  service = await bench.serveTelemetry();
  await bench.live(4);
  await service.stop();
  range = { from: Date.now() - 60_000, to: Date.now() + 1_000, points: 61 };
}, 60_000);
afterEach(() => bench.closeAll());

const query = (more: object) => groupQuery.parse({ ...range, ...more });
const here = () => bench.environment.telemetryDirectory.instancesOn(bench.simulator.live.world.self.serverId);
const columnOf = ({ series }: TelemetryResponse, index = 0): (number | null)[] =>
  series[index]?.values.cpu ?? [];
const meanOf = (column: readonly (number | null)[]): number => {
  const known = column.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};
/** Where both are known and differ by more than what rounding, memory and store make of one sample. */
const apart = (a: readonly (number | null)[], b: readonly (number | null)[]) => {
  const both = a.flatMap((value, at) => {
    const other = b[at] ?? null;
    return value === null || other === null ? [] : [[value, other] as const];
  });
  if (both.length === 0) throw new Error('expected times at which both are known');
  return both.filter(([value, other]) => Math.abs(value - other) > 1 + 0.05 * other);
};
/** What the server's instances say one by one. */
const oneByOne = async () => {
  const answers = await Promise.all(here().map(({ id }) => service.instance(id, range)));
  return answers.filter((answer) => columnOf(answer).some((value) => value !== null));
};

describe('a server’s instances', () => {
  it.each(['sum', 'mean', 'max'] as const)('become one by their %s, over what was measured', async (by) => {
    const { serverId } = bench.simulator.live.world.self;
    const answer = telemetryResponse.parse(await service.server(serverId, query({ by })));
    expect(answer.series.map(({ id }) => id)).toEqual([serverId]);
    const columns = (await oneByOne()).map((one) => columnOf(one));
    expect(columns.length).toBeGreaterThan(3);
    const joined = answer.times.map((_, at) => {
      const known = columns.flatMap((column) => column[at] ?? []);
      const sum = known.reduce((total, value) => total + value, 0);
      if (known.length === 0) return null;
      return by === 'sum' ? sum : by === 'max' ? Math.max(...known) : sum / known.length;
    });
    expect(joined.some((value) => value !== null)).toBe(true);
    expect(apart(columnOf(answer), joined)).toEqual([]);
  });

  it('are the few with the highest mean, highest first', async () => {
    const answer = await service.server(
      bench.simulator.live.world.self.serverId,
      query({ by: 'top', limit: 3, measure: 'cpu' }),
    );
    const means = (await oneByOne())
      .map((one) => meanOf(columnOf(one)))
      .toSorted((a, b) => b - a)
      .slice(0, 3);
    expect(answer.series).toHaveLength(3);
    expect(
      apart(
        [0, 1, 2].map((index) => meanOf(columnOf(answer, index))),
        means,
      ),
    ).toEqual([]);
  });

  it('are not there on a server that nobody knows', async () => {
    await expect(service.server('none', query({}))).rejects.toMatchObject({ code: 'not-found' });
    const backwards = query({ from: range.to, to: range.from });
    await expect(service.environment(backwards)).rejects.toMatchObject({ field: 'query.to' });
  });
});

it('adds up the environment, and tells whose servers nobody measures', async () => {
  const answer = await service.environment(query({}));
  const own = await service.server(bench.simulator.live.world.self.serverId, query({}));
  expect(apart(columnOf(answer), columnOf(own))).toEqual([]);
  const elsewhere = bench.environment.telemetryDirectory
    .allInstances()
    .filter(({ serverId }) => serverId !== bench.simulator.live.world.self.serverId);
  expect(answer.notMeasured.toSorted()).toEqual(elsewhere.map(({ id }) => id).toSorted());
});
