import { expect, it, vi } from 'vitest';

import { sampleRow } from '../../testing/builders/telemetry.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import type { StoreBench } from '../../testing/engines.fixture.ts';
import { TIERS, writeBlock } from './blocks.ts';
import type { TierName } from './blocks.ts';
import { encodeBlock } from './codec.ts';
import { COLUMNS } from './columns.ts';
import { readHead, writeSamples } from './head.ts';
import type { SampleRow } from './head.ts';
import { frameOf } from './merge.ts';
import { toldOf } from './points.fixture.ts';
import type { Told } from './points.fixture.ts';
import { readPoints, readSamples } from './read.ts';
import { sealableUntil, sealSamples } from './seal.ts';

// Each transaction waits for the disk.
vi.setConfig({ testTimeout: 120_000 });

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Math.floor(1_795_000_200_000 / (10 * DAY)) * 10 * DAY;
const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };

const throwing = (fault: Error): never => {
  throw fault;
};
const seal = (bench: StoreBench, until: number, onDamaged: (fault: Error) => void = throwing) =>
  sealSamples(bench.store.db, { until, onDamaged });
const samples = (bench: StoreBench, instanceId: string) =>
  readSamples(bench.store.db, { instanceId, from: T0 - DAY, to: T0 + DAY }, throwing);

const rows = (
  id: string,
  from: number,
  count: number,
  cpuOf: (index: number) => number | null,
): SampleRow[] =>
  Array.from({ length: count }, (_, index) =>
    sampleRow({
      instance_id: id,
      at: from + index * 10_000 + (index % 3),
      cpu: cpuOf(index),
      transmit: index % 5 === 0 ? null : (index * 7_919_000) / 10_001,
    }),
  );

const STEP: Record<TierName, number> = { samples: 10_000, minutes: 60_000, hours: HOUR };

async function points(
  bench: StoreBench,
  instanceId: string,
  tier: TierName,
  range = { from: T0, to: T0 + DAY },
) {
  const told: Told[] = [];
  const query = { instanceId, ...range, stepMs: STEP[tier], intervalMs: 10_000, onDamaged: throwing };
  await readPoints(bench.store.db, query, (some) => void told.push(...toldOf(some, COLUMNS.indexOf('cpu'))));
  return told.sort((a, b) => a.start - b.start);
}

describeOnEachEngine('sealing', (bench) => {
  it('moves whole hours into blocks and leaves what reads from them the same', async () => {
    const told = rows('a', T0, 1_000, (index) => (index % 50 === 0 ? null : index / 7));
    await writeSamples(bench.store.db, told, []);
    const before = await samples(bench, 'a');
    expect(before).toEqual(told);
    expect(await seal(bench, T0 + 2 * HOUR)).toBe(720);
    expect(await readHead(bench.store.db, 'a', EVER.from, EVER.to)).toHaveLength(280);
    expect(await samples(bench, 'a')).toEqual(before);
    expect(await seal(bench, T0 + 2 * HOUR)).toBe(0);
    expect(await seal(bench, T0 + 3 * HOUR)).toBe(280);
    expect(await samples(bench, 'a')).toEqual(before);
    const blocks = await bench.store.db.selectFrom('telemetry_blocks').selectAll().execute();
    const kept = blocks.map(({ tier, start, points: count }) => [tier, start - T0, count]);
    expect(kept).toEqual(
      expect.arrayContaining([
        [0, 0, 720],
        [0, 2 * HOUR, 280],
        [1, 0, 167],
        [2, 0, 3],
      ]),
    );
    expect(kept).toHaveLength(4);
    expect(blocks.every(({ bytes, body }) => bytes === body.length)).toBe(true);
  });

  it('keeps the exact peak, dip and mean in every tier, and tells of no time twice', async () => {
    const told = rows('p', T0, 2_520, (index) =>
      index === 777 ? 3_999.125 : index === 1_400 ? 0.25 : 20 + (index % 7),
    );
    await writeSamples(bench.store.db, told, []);
    await seal(bench, T0 + 6 * HOUR);
    for (const tier of ['samples', 'minutes', 'hours'] as const) {
      const seen = await points(bench, 'p', tier);
      expect(Math.max(...seen.map(({ high }) => high))).toBe(3_999.125);
      expect(Math.min(...seen.map(({ low }) => low))).toBe(0.25);
      expect(seen.find(({ high }) => high > 3_000)?.start).toBeGreaterThan(T0 + 2 * HOUR - STEP[tier]);
      for (const [index, point] of seen.entries())
        expect(point.start).toBeGreaterThanOrEqual((seen[index - 1]?.end ?? 0) - 10_000);
      const measured = seen.reduce((sum, { start, end }) => sum + end - start, 0);
      expect(Math.abs(measured - 7 * HOUR)).toBeLessThan(60_000);
    }
    const hours = await points(bench, 'p', 'hours', { from: T0, to: T0 + 6 * HOUR });
    expect(hours).toHaveLength(6);
    const first = told.slice(0, 360).map(({ cpu }) => cpu ?? 0);
    expect(hours[0]?.mean).toBeCloseTo(first.reduce((sum, cpu) => sum + cpu, 0) / 360, 2);
  });

  it('takes samples that come late into the block that is there, each once, and the stored one stays', async () => {
    const told = rows('l', T0, 720, (index) => index);
    const late = told.filter((_, index) => index % 10 === 4);
    await writeSamples(
      bench.store.db,
      told.filter((_, index) => index % 10 !== 4),
      [],
    );
    await seal(bench, T0 + 2 * HOUR);
    const again = told.slice(0, 100).map((row) => ({ ...row, cpu: -1 }));
    await writeSamples(bench.store.db, late, []);
    await writeSamples(
      bench.store.db,
      again.filter((_, index) => index % 10 !== 4),
      [],
    );
    expect(await samples(bench, 'l')).toEqual(told);
    await seal(bench, T0 + 2 * HOUR);
    expect(await samples(bench, 'l')).toEqual(told);
    expect(await points(bench, 'l', 'hours')).toMatchObject([
      { low: 0, high: 359, mean: 179.5 },
      { low: 360, high: 719, mean: 539.5 },
    ]);
    expect(await readHead(bench.store.db, 'l', EVER.from, EVER.to)).toEqual([]);
  });

  it('loses and doubles nothing where two do it at once, while samples go on coming', async () => {
    const told = rows('t', T0, 1_080, (index) => index);
    const parts = Array.from({ length: 12 }, (_, part) => told.filter((_row, index) => index % 12 === part));
    await Promise.all(
      parts.map(async (part) => {
        await writeSamples(bench.store.db, part, []);
        await Promise.all([seal(bench, T0 + 3 * HOUR), seal(bench, T0 + 3 * HOUR)]);
      }),
    );
    await seal(bench, T0 + 3 * HOUR);
    expect(await samples(bench, 't')).toEqual(told);
    expect(await points(bench, 't', 'hours')).toMatchObject([{ high: 359 }, { high: 719 }, { high: 1_079 }]);
  });

  it('tells of a damaged block, reads the rest, and writes it anew with what comes', async () => {
    const told = rows('d', T0, 1_440, (index) => index);
    await writeSamples(bench.store.db, told, []);
    await seal(bench, T0 + 4 * HOUR);
    await bench.store.db
      .updateTable('telemetry_blocks')
      .set({ body: Buffer.from('nonsense') })
      .where('instance_id', '=', 'd')
      .where('start', '=', T0)
      .execute();
    const faults: string[] = [];
    const note = (fault: Error): void => void faults.push(fault.name);
    const range = { instanceId: 'd', from: T0, to: T0 + DAY };
    expect(await readSamples(bench.store.db, range, note)).toEqual(told.slice(720));
    expect(faults).toEqual(['DamagedBlock']);
    await writeSamples(bench.store.db, told.slice(0, 5), []);
    await seal(bench, T0 + 4 * HOUR, note);
    expect(await samples(bench, 'd')).toEqual([...told.slice(0, 5), ...told.slice(720)]);
  });

  it('goes on with hours that an earlier release put into blocks of their own', async () => {
    const told = rows('e', T0, 1_080, (index) => index / 3);
    const late = told.filter((_, index) => index % 100 === 50);
    await writeSamples(bench.store.db, told, []);
    const hours = [told.slice(0, 360), told.slice(360, 720), told.slice(720)].map((hour) =>
      frameOf(hour.filter((row) => !late.includes(row))),
    );
    for (const [index, hour] of hours.entries())
      await writeBlock(bench.store.db, { ...TIERS.samples, spanMs: HOUR }, 'e', T0 + index * HOUR, {
        body: encodeBlock(hour),
        points: hour.times.length,
      });
    await bench.store.db.deleteFrom('telemetry_samples').where('instance_id', '=', 'e').execute();
    expect(await samples(bench, 'e')).toHaveLength(1_080 - late.length);
    await writeSamples(bench.store.db, late, []);
    expect(await samples(bench, 'e')).toEqual(told);
    await seal(bench, T0 + 3 * HOUR);
    expect(await samples(bench, 'e')).toEqual(told);
    // As after going back to that release for a while.
    const again = { body: encodeBlock(frameOf(late.slice(4, 6))), points: 2 };
    await writeBlock(bench.store.db, { ...TIERS.samples, spanMs: HOUR }, 'e', T0 + HOUR, again);
    expect(await samples(bench, 'e')).toEqual(told);
    await writeSamples(bench.store.db, told.slice(0, 1), []);
    await seal(bench, T0 + 3 * HOUR);
    const blocks = await bench.store.db
      .selectFrom('telemetry_blocks')
      .select(['start', 'points'])
      .where('instance_id', '=', 'e')
      .where('tier', '=', TIERS.samples.id)
      .orderBy('start')
      .execute();
    expect(blocks).toEqual([
      { start: T0, points: 720 },
      { start: T0 + 2 * HOUR, points: 360 },
    ]);
  });

  it('leaves an hour open for what comes a little late', () => {
    expect(sealableUntil(T0 + 4 * 60_000)).toBe(T0 - HOUR);
    expect(sealableUntil(T0 + 5 * 60_000)).toBe(T0);
  });
});
