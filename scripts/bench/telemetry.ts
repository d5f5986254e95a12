// `npm run bench -- telemetry [--instances N] [--hours N]`: a simulated day goes into the store as samples come, hour by
// hour into blocks; then its size is compared with rows as they were kept before, and what pages ask is read.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';

import { createFill } from '../../server/src/features/telemetry/fill.ts';
import { createRankings } from '../../server/src/features/telemetry/rankings.ts';
import { MEASURE_COUNT } from '../../server/src/features/telemetry/rates.ts';
import { createResampler, gridFor } from '../../server/src/features/telemetry/resample.ts';
import { createRings } from '../../server/src/features/telemetry/rings.ts';
import { toSampleRow } from '../../server/src/features/telemetry/sample-row.ts';
import { openStore } from '../../server/src/store/database.ts';
import { writeSamples } from '../../server/src/store/telemetry/head.ts';
import { createKeptBlocks } from '../../server/src/store/telemetry/kept-blocks.ts';
import type { KeptBlocks } from '../../server/src/store/telemetry/kept-blocks.ts';
import { tierSizes } from '../../server/src/store/telemetry/retention.ts';
import { addRows, createRows, pagesOf, readRows } from '../../server/src/store/telemetry/rows.fixture.ts';
import { sealSamples } from '../../server/src/store/telemetry/seal.ts';
import { seeded } from '../lib/random.ts';
import { createMachine } from './telemetry-data.ts';

const POLL_MS = 10_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ROUNDS_AN_HOUR = HOUR / POLL_MS;
const FROM = Math.floor(Date.UTC(2026, 10, 1) / (10 * DAY)) * 10 * DAY;
const LOOKS = 60;
const RESIDENT = path.join(import.meta.dirname, 'telemetry-resident.ts');
const runNode = (args: string[]) => promisify(execFile)(process.execPath, args);
/** So many instances are also kept as rows. */
const AS_ROWS = 20;
const logger = { warn: (about: object) => console.warn(about) };
const onDamaged = (fault: Error): never => {
  throw fault;
};

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { instances: { type: 'string', default: '1000' }, hours: { type: 'string', default: '24' } },
  });
  const [instances, hours] = [Number(values.instances), Number(values.hours)];
  const until = FROM + hours * HOUR;
  const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-telemetry-'));
  const store = await openStore({ dataDir: scratch }, logger);
  const { db } = store;
  let isOpen = true;
  try {
    await createRows(db);
    const clock = { now: () => until };
    const rings = createRings({ db, clock, pollMs: POLL_MS, intervalMs: () => POLL_MS, onDamaged });
    const machines = Array.from({ length: instances }, (_, index) => createMachine(index, seeded(index)));
    for (const machine of machines) machine.next(FROM - POLL_MS);
    let [ingestMs, sealMs, slowest] = [0, 0, 0];
    for (let hour = 0; hour < hours; hour += 1) {
      for (let round = 0; round < ROUNDS_AN_HOUR; round += 1) {
        const at = FROM + hour * HOUR + round * POLL_MS;
        const taken = machines.map((machine) => ({ id: machine.id, sample: machine.next(at) }));
        const rows = taken.map(({ id, sample }) => toSampleRow(id, sample));
        const begun = performance.now();
        await writeSamples(db, rows, []);
        ingestMs += performance.now() - begun;
        if (hour >= hours - 3) for (const { id, sample } of taken) rings.push(id, sample);
        await addRows(db, at, machines[AS_ROWS]?.id ?? '~');
      }
      const begun = performance.now();
      await sealSamples(db, { until: FROM + (hour + 1) * HOUR, onDamaged });
      sealMs += performance.now() - begun;
      slowest = Math.max(slowest, performance.now() - begun);
      console.log(`hour ${hour + 1} of ${hours}`);
    }
    const samples = instances * hours * ROUNDS_AN_HOUR;
    const count = samples * MEASURE_COUNT;
    const sizes = await tierSizes(db);
    const inFile = await pagesOf(db, 'telemetry_blocks');
    const inBlocks = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    const asRows = Math.min(AS_ROWS, instances) * hours * ROUNDS_AN_HOUR * MEASURE_COUNT;
    const rowBytes = (await pagesOf(db, 'rows_before')) / asRows;
    const bytesOf = (tier: string): number => sizes.find((size) => size.tier === tier)?.bytes ?? 0;
    console.log(`${instances} instances, ${hours} hours, ${count / 1e6} million values`);
    console.log(
      `ingest         ${((count / ingestMs) * 1000).toFixed(0)} values a second, each round durable (goal 100,000)`,
    );
    console.log(`sealing        ${(sealMs / hours / 1000).toFixed(1)} s an hour of samples, beside the work`);
    console.log(
      `at rest        ${(bytesOf('samples') / count).toFixed(2)} bytes a value, ${((bytesOf('samples') / count) * (inFile / inBlocks)).toFixed(2)} with the file's own (goal 1.00); rows ${rowBytes.toFixed(1)}`,
    );
    for (const tier of ['minutes', 'hours'])
      console.log(
        `${tier.padEnd(14)} ${(bytesOf(tier) / instances / hours).toFixed(0)} bytes an instance and hour`,
      );

    const random = seeded(3);
    const cold = createRings({ db, clock, pollMs: POLL_MS, intervalMs: () => POLL_MS, onDamaged });
    const deps = { db, clock, pollMs: POLL_MS, intervalMs: () => POLL_MS, onDamaged };
    const one = () => machines[Math.floor(random() * machines.length)]?.id ?? '';
    const day = gridFor(until - DAY, until, 500, POLL_MS);
    const reads = async (what: string, goal: string, work: () => Promise<unknown>): Promise<void> => {
      const times: number[] = [];
      for (let look = 0; look < LOOKS; look += 1) {
        const begun = performance.now();
        await work();
        times.push(performance.now() - begun);
      }
      times.sort((a, b) => a - b);
      const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(2);
      console.log(`${what.padEnd(44)} ${at(0.5)} ms median, ${at(0.95)} ms p95${goal}`);
    };
    const fillOf = (from: typeof rings, kept?: KeptBlocks) =>
      createFill({ ...deps, rings: from, ...(kept && { kept }) });
    const whole = async (fill: ReturnType<typeof fillOf>, id: string, grid: typeof day): Promise<void> => {
      const into = createResampler(grid, { extremes: true });
      await fill(into, id, grid, until);
      for (let measure = 0; measure < MEASURE_COUNT; measure += 1) {
        into.means(measure);
        into.lows(measure);
        into.highs(measure);
      }
    };
    await reads('24 h of an instance, a measure, from the store', ' (goal 2)', async () => {
      const into = createResampler(day, { only: 0 });
      await fillOf(cold)(into, one(), day, until, 0);
      into.means(0);
    });
    await reads('24 h, all measures with their bands, the store', '', () => whole(fillOf(cold), one(), day));
    const looked = fillOf(rings, createKeptBlocks(16 * 1024 * 1024));
    const again = Array.from({ length: 10 }, one);
    for (const id of again) await whole(looked, id, day);
    let turn = 0;
    const next = (): string => again[(turn += 1) % again.length] ?? '';
    await reads('24 h of an instance, a measure, hot', ' (goal 1)', async () => {
      const into = createResampler(day, { only: 0 });
      await looked(into, next(), day, until, 0);
      into.means(0);
    });
    await reads('24 h, all measures with their bands, hot', '', () => whole(looked, next(), day));
    const short = gridFor(until - 2.5 * HOUR, until, 500, POLL_MS);
    await reads('2.5 h, all measures with their bands, hot', ' (goal 1)', () =>
      whole(fillOf(rings), one(), short),
    );
    await reads('24 h of an instance, as rows', '', () =>
      readRows(db, machines[Math.floor(random() * Math.min(AS_ROWS, machines.length))]?.id ?? ''),
    );
    await reads(`top 20 of ${instances} over an hour`, ' (goal 30)', async () => {
      const rank = createRankings({
        ...deps,
        rings,
        fill: fillOf(rings),
        awaited: () => [],
        settledTo: () => Number.POSITIVE_INFINITY,
      });
      (await rank('cpu', { windowMs: HOUR })).rows.slice(0, 20);
    });
    await store.close();
    isOpen = false;
    const { stdout } = await runNode([RESIDENT, scratch, String(until), String(instances)]);
    const [megabytes, warmMs] = stdout.trim().split(' ');
    console.log(`resident       ${megabytes} MB, in a process that holds all newest hours (goal 250)`);
    console.log(`after a start  ${warmMs} ms an instance until its newest hours are in memory`);
  } finally {
    if (isOpen) await store.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}
