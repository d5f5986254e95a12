import { statSync } from 'node:fs';
import { join } from 'node:path';

import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';

import { sampleRow } from '../../testing/builders/telemetry.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import type { StoreBench } from '../../testing/engines.fixture.ts';
import { shrink } from '../retention/shrink.ts';
import { STORE_FILE } from '../sqlite-file.ts';
import { TIERS } from './blocks.ts';
import type { TierName } from './blocks.ts';
import { writeSamples } from './head.ts';
import { toldOf } from './points.fixture.ts';
import { readPoints } from './read.ts';
import { pruneTelemetry, tierSizes } from './retention.ts';
import { sealSamples } from './seal.ts';

// Each transaction waits for the disk.
vi.setConfig({ testTimeout: 120_000 });

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Math.floor(1_795_000_200_000 / (10 * DAY)) * 10 * DAY;
const NOW = T0 + 400 * DAY;
const EACH_BYTES = 1_000;

const throwing = (fault: Error): never => {
  throw fault;
};

/** `ages`: how long before NOW each begins. */
async function fill(bench: StoreBench, tier: TierName, ages: readonly number[]): Promise<void> {
  const block = { tier: TIERS[tier].id, points: 1, bytes: EACH_BYTES, body: Buffer.alloc(EACH_BYTES) };
  for (const age of ages)
    await bench.store.db
      .insertInto('telemetry_blocks')
      .values(['a', 'b'].map((id) => ({ ...block, instance_id: id, start: NOW - age })))
      .execute();
}

async function left(bench: StoreBench): Promise<Record<string, number[]>> {
  const rows = await bench.store.db
    .selectFrom('telemetry_blocks')
    .select(['tier', 'start'])
    .where('instance_id', '=', 'a')
    .orderBy('start')
    .execute();
  return Object.fromEntries(
    Object.values(TIERS).map(({ name, id }) => [
      name,
      rows.filter(({ tier }) => tier === id).map(({ start }) => NOW - start),
    ]),
  );
}

describeOnEachEngine('retention', (bench) => {
  it('keeps each tier as long as told, whole blocks at a time', async () => {
    expect((await tierSizes(bench.store.db)).map(({ bytes, oldest }) => [bytes, oldest])).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
    await bench.store.db
      .insertInto('telemetry_cursors')
      .values(
        [2 * DAY + 1, 2 * DAY].map((age) => ({
          instance_id: `c${age}`,
          container_id: 'c',
          at: NOW - age,
          counters: '{}',
        })),
      )
      .execute();
    await bench.store.db
      .insertInto('telemetry_rollups')
      .values([35 * DAY + 1, 35 * DAY].map((age) => sampleRow({ at: NOW - age })))
      .execute();
    await fill(bench, 'samples', [2 * HOUR, 7 * DAY, 7 * DAY + 2 * HOUR, 8 * DAY]);
    await fill(bench, 'minutes', [6 * HOUR, 35 * DAY, 35 * DAY + 6 * HOUR, 40 * DAY]);
    await fill(bench, 'hours', [5 * DAY, 400 * DAY, 410 * DAY, 420 * DAY]);
    await pruneTelemetry(bench.store.db, { now: NOW, maxBytes: 1e9 });
    expect(await left(bench)).toEqual({
      samples: [7 * DAY, 2 * HOUR],
      minutes: [35 * DAY, 6 * HOUR],
      hours: [400 * DAY, 5 * DAY],
    });
    expect(await tierSizes(bench.store.db)).toMatchObject([
      { tier: 'samples', bytes: 4 * EACH_BYTES, blocks: 4, oldest: NOW - 7 * DAY },
      { tier: 'minutes' },
      { tier: 'hours' },
    ]);
    const cursors = await bench.store.db.selectFrom('telemetry_cursors').select('at').execute();
    expect(cursors).toEqual([{ at: NOW - 2 * DAY }]);
    const means = await bench.store.db.selectFrom('telemetry_rollups').select('at').execute();
    expect(means).toEqual([{ at: NOW - 35 * DAY }]);
    await bench.store.db.deleteFrom('telemetry_blocks').execute();
  });

  it('keeps within its bytes: the oldest of the finest goes first, but not all of it', async () => {
    const all = {
      samples: [3 * DAY, 2 * DAY, 8 * HOUR, 2 * HOUR],
      minutes: [30 * DAY, 20 * DAY, DAY],
      hours: [90 * DAY, 10 * DAY],
    };
    for (const [tier, ages] of Object.entries(all)) await fill(bench, tier as TierName, ages);
    const within = async (blocks: number) => {
      await pruneTelemetry(bench.store.db, { now: NOW, maxBytes: blocks * 2 * EACH_BYTES });
      return left(bench);
    };
    expect(await within(9)).toEqual(all);
    expect(await within(8)).toEqual({ ...all, samples: [2 * DAY, 8 * HOUR, 2 * HOUR] });
    expect(await within(5)).toEqual({ ...all, samples: [2 * HOUR], minutes: [20 * DAY, DAY] });
    expect(await within(3)).toEqual({ samples: [2 * HOUR], minutes: [DAY], hours: [10 * DAY] });
    // What has just been filled and what is still being filled go last.
    expect(await within(1)).toEqual({ samples: [], minutes: [], hours: [10 * DAY] });
    await bench.store.db.deleteFrom('telemetry_blocks').execute();
  });

  it('leaves what a coarser tier or an earlier release knows to be read', async () => {
    const { db } = bench.store;
    const sample = (at: number, cpu: number) => sampleRow({ instance_id: 'r', at, cpu });
    const long = NOW - 100 * DAY;
    const week = NOW - 9 * DAY;
    const today = NOW - 3 * HOUR;
    const starts = [long, week, today];
    await writeSamples(
      db,
      starts.flatMap((at, nth) =>
        [1, 9, 2].map((cpu, index) => sample(at + index * 10_000, cpu + nth * 100)),
      ),
      [],
    );
    await sealSamples(db, { until: NOW, onDamaged: throwing });
    await db
      .insertInto('telemetry_rollups')
      .values([sample(NOW - 20 * DAY, 50), sample(week, 9_999)])
      .execute();
    await pruneTelemetry(db, { now: NOW, maxBytes: 1e9 });
    for (const stepMs of [10_000, 60_000, HOUR]) {
      const seen: [mean: number, high: number][] = [];
      const query = { instanceId: 'r', from: long, to: NOW, stepMs, intervalMs: 10_000, onDamaged: throwing };
      await readPoints(
        db,
        query,
        (points) =>
          void seen.push(...toldOf(points, 0).map(({ mean, high }) => [mean, high] as [number, number])),
      );
      expect(Math.max(...seen.map(([mean]) => mean))).toBeLessThan(300);
      for (const high of [9, 109, 209]) expect(seen.filter((point) => point[1] === high)).toHaveLength(1);
    }
    const old: number[] = [];
    const query = {
      instanceId: 'r',
      from: NOW - 21 * DAY,
      to: NOW - 19 * DAY,
      stepMs: HOUR,
      intervalMs: 10_000,
    };
    await readPoints(
      db,
      { ...query, onDamaged: throwing },
      (points) => void old.push(...toldOf(points, 0).map(({ mean }) => mean)),
    );
    expect(old).toEqual([50]);
    await db.deleteFrom('telemetry_blocks').execute();
  });

  it('gives what is free back to the disk, without the file being written anew', async () => {
    const { db, engine } = bench.store;
    await shrink(db, engine, () => true);
    if (engine !== 'sqlite') return;
    const filler = Buffer.alloc(4_000_000, 1);
    const block = { instance_id: 'z', tier: 0, start: 1, points: 1, bytes: filler.length, body: filler };
    await db.insertInto('telemetry_blocks').values(block).execute();
    const size = async (): Promise<number> => {
      await sql`pragma wal_checkpoint(truncate)`.execute(db);
      return statSync(join(bench.place.dataDir, STORE_FILE)).size;
    };
    const full = await size();
    await db.deleteFrom('telemetry_blocks').execute();
    await shrink(db, engine, () => true);
    expect(full - (await size())).toBeGreaterThan(2_500_000);
  });
});
