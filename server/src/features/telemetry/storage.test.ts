import { manualClock } from '@cyclorama/simulator';
import { afterEach, expect, it } from 'vitest';

import { TIERS } from '../../store/telemetry/blocks.ts';
import type { TierName } from '../../store/telemetry/blocks.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import { createStorage } from './storage.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** At the end of a block of hours, and past the five minutes an hour stays open. */
const NOW = Math.floor(1_795_000_000_000 / (10 * DAY)) * 10 * DAY + 6 * 60_000;

describeOnEachEngine('what is stored of the past', (bench) => {
  const read = (maxBytes = 1e9) => createStorage({ db: bench.store.db, clock: manualClock(NOW), maxBytes })();
  const fill = async (tier: TierName, spans: number, bytes: number, points: number): Promise<void> => {
    const { id, spanMs } = TIERS[tier];
    const end = NOW - 6 * 60_000;
    const rows = Array.from({ length: spans }, (_, index) => ({
      instance_id: 'i',
      tier: id,
      start: Math.floor(end / spanMs) * spanMs - (index + 1) * spanMs,
      points,
      bytes,
      body: Buffer.alloc(1),
    }));
    await bench.store.db.insertInto('telemetry_blocks').values(rows).execute();
  };

  afterEach(async () => {
    await bench.store.db.deleteFrom('telemetry_blocks').execute();
    await bench.store.db.deleteFrom('topology_pictures').execute();
  });

  it('is nothing in a new store, of which no year is told', async () => {
    expect(await read()).toMatchObject({
      parts: ['samples', 'minutes', 'hours', 'pictures'].map((kind) => ({
        kind,
        since: null,
        bytes: 0,
        bytesPerValue: null,
        bytesPerDay: null,
        yearBytes: null,
        reachDays: null,
      })),
      bytes: 0,
      maxBytes: 1e9,
      yearBytes: null,
      cutFrom: null,
    });
  });

  it('tells of each part since when, bytes a value, and a year at the rate of the last days', async () => {
    await fill('samples', 24, 11_520, 720);
    await fill('minutes', 8, 28_800, 360);
    await fill('hours', 2, 19_200, 240);
    await bench.store.db
      .insertInto('topology_pictures')
      .values([
        { at: NOW - 8 * DAY, is_full: 1, body: Buffer.alloc(50) },
        { at: NOW - DAY, is_full: 0, body: Buffer.alloc(70) },
      ])
      .execute();
    const { parts, bytes, yearBytes, cutFrom } = await read();
    const daily = { samples: 12 * 11_520, minutes: 4 * 28_800, hours: 1_920, pictures: 10 };
    const end = NOW - 6 * 60_000;
    const iso = (at: number): string => new Date(at).toISOString();
    expect(parts).toEqual([
      {
        kind: 'samples',
        since: iso(end - 2 * DAY),
        bytes: 24 * 11_520,
        bytesPerValue: 1,
        keptDays: 7,
        bytesPerDay: daily.samples,
        yearBytes: daily.samples * 7,
        reachDays: 7,
      },
      {
        kind: 'minutes',
        since: iso(end - 2 * DAY),
        bytes: 8 * 28_800,
        bytesPerValue: 1,
        keptDays: 35,
        bytesPerDay: daily.minutes,
        yearBytes: daily.minutes * 35,
        reachDays: 35,
      },
      {
        kind: 'hours',
        since: iso(end - 20 * DAY),
        bytes: 38_400,
        bytesPerValue: 1,
        keptDays: 400,
        bytesPerDay: daily.hours,
        yearBytes: daily.hours * 365,
        reachDays: 400,
      },
      {
        kind: 'pictures',
        since: iso(NOW - 8 * DAY),
        bytes: 120,
        bytesPerValue: null,
        keptDays: 365,
        bytesPerDay: daily.pictures,
        yearBytes: daily.pictures * 365,
        reachDays: 365,
      },
    ]);
    expect(bytes).toBe(48 * 5_760 + 8 * 28_800 + 38_400 + 120);
    expect(yearBytes).toBe(daily.samples * 7 + daily.minutes * 35 + daily.hours * 365 + 3_650);
    expect(cutFrom).toBeNull();
    const small = await read(2_000_000);
    expect(Date.parse(small.cutFrom ?? '')).toBeGreaterThan(NOW);
    expect(small.parts[0]?.reachDays).toBe(0.25);
    expect(small.parts[1]?.reachDays).toBeLessThan(35);
    expect((await read(1_000)).cutFrom).toBe(iso(NOW));
  });

  it('tells the rate of a young store by what is in it, not by where its blocks begin', async () => {
    await fill('samples', 3, 2_000, 720);
    await fill('hours', 1, 600, 6);
    const { parts } = await read();
    expect(parts[0]?.bytesPerDay).toBe(24_000);
    expect(parts[2]?.bytesPerDay).toBe(2_400);
  });
});
