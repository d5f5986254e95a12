import { expect, it, vi } from 'vitest';

import { readHead, writeSamples } from '../../store/telemetry/head.ts';
import { sealSamples } from '../../store/telemetry/seal.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import { createFill } from './fill.ts';
import type { Sample } from './rates.ts';
import { createResampler, gridFor } from './resample.ts';
import { createRings, HOT_MS } from './rings.ts';
import { toSampleRow } from './sample-row.ts';

// Samples of hours wait for the disk.
vi.setConfig({ testTimeout: 60_000 });

const SECOND = 1_000;
const HOUR = 3_600_000;
const POLL_MS = 10_000;
const NOW = Math.floor(1_795_000_200_000 / HOUR) * HOUR + HOUR / 2;

const sample = (at: number, cpu: number): Sample => ({ at, start: at - POLL_MS, values: [cpu, 0, 100] });
/** Every ten seconds of the hours before, each its minute of the hour. */
const past = (hours: number): Sample[] =>
  Array.from({ length: hours * 360 }, (_, index) => {
    const at = NOW - (hours * 360 - 1 - index) * POLL_MS;
    return sample(at, new Date(at).getMinutes());
  });

describeOnEachEngine('rings', (bench) => {
  const world = async (hours: number, maxBytes?: number) => {
    const { db } = bench.store;
    await db.deleteFrom('telemetry_samples').execute();
    await db.deleteFrom('telemetry_blocks').execute();
    const told = past(hours);
    for (const id of ['a', 'b'])
      await writeSamples(
        db,
        told.map((each) => toSampleRow(id, each)),
        [],
      );
    await sealSamples(db, {
      until: NOW - HOUR / 2,
      onDamaged: (fault) => {
        throw fault;
      },
    });
    let reads = 0;
    const counted = new Proxy(db, {
      get: (target, key) => {
        if (key === 'selectFrom') reads += 1;
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    let now = NOW;
    const deps = {
      db: counted,
      clock: { now: () => now },
      pollMs: POLL_MS,
      intervalMs: () => POLL_MS,
      onDamaged: (fault: Error) => {
        throw fault;
      },
    };
    const rings = createRings({ ...deps, ...(maxBytes !== undefined && { maxBytes }) });
    const fill = createFill({ ...deps, rings });
    return {
      rings,
      reads: () => reads,
      pass: (ms: number) => (now += ms),
      look: async (id: string, backMs: number) => {
        const grid = gridFor(now - backMs, now, 500, POLL_MS);
        const into = createResampler(grid);
        await fill(into, id, grid, now);
        return into.means(0);
      },
    };
  };

  it('are filled after a start, one after the other, so that a look reads nothing', async () => {
    const { rings, reads, look } = await world(4);
    for (const id of ['a', 'b']) rings.push(id, sample(NOW, 30));
    expect(rings.reach('a')).toBe(NOW - POLL_MS);
    while (await rings.warmNext());
    expect(rings.reach('a')).toBe(NOW - HOT_MS);
    const before = reads();
    const seen = await look('a', 2.5 * HOUR);
    expect(reads()).toBe(before);
    expect(seen.every((value) => value !== null)).toBe(true);
    const first = Math.floor((NOW - 2.5 * HOUR) / 60_000);
    expect(Math.abs((seen[1] ?? 0) - (first % 60))).toBeLessThan(2);
  });

  it('are not read anew once they reach back by themselves', async () => {
    const { rings, reads, look } = await world(0);
    for (const each of past(4)) rings.push('a', each);
    expect((await look('a', 2.9 * HOUR)).every((value) => value !== null)).toBe(true);
    expect(await rings.warmNext()).toBe(true);
    expect(reads()).toBe(0);
  });

  it('keep to their room: what nobody looks at has an hour left, and the rest is read', async () => {
    const { rings, reads, look, pass } = await world(4, 40_000);
    rings.push('a', sample(NOW, 30));
    await look('a', 2.5 * HOUR);
    pass(SECOND);
    rings.push('b', sample(NOW, 30));
    await look('b', 2.5 * HOUR);
    pass(SECOND);
    expect(rings.get('b')?.length).toBeGreaterThan(1_000);
    rings.trim();
    expect(rings.get('a')?.length).toBe(390);
    expect(rings.get('b')?.length).toBeGreaterThan(1_000);
    const before = reads();
    await look('a', HOUR);
    await look('b', 2.5 * HOUR);
    expect(reads()).toBe(before);
    const seen = await look('a', 2.5 * HOUR);
    expect(seen.slice(0, -1).every((value) => value !== null)).toBe(true);
    expect(reads()).toBeGreaterThan(before);
  });

  it('read what another process stored while they were not pushed', async () => {
    const { rings, look, pass } = await world(4);
    rings.push('a', sample(NOW, 30));
    await look('a', 2.5 * HOUR);
    pass(5 * 60 * SECOND);
    const elsewhere = Array.from({ length: 29 }, (_, index) => sample(NOW + (index + 1) * POLL_MS, 77));
    await writeSamples(
      bench.store.db,
      elsewhere.map((each) => toSampleRow('a', each)),
      [],
    );
    rings.push('a', sample(NOW + 300 * SECOND, 77));
    const seen = await look('a', HOUR / 2);
    expect(seen.every((value) => value !== null)).toBe(true);
    expect(await readHead(bench.store.db, 'a', NOW, NOW + HOUR)).toHaveLength(30);
  });
});
