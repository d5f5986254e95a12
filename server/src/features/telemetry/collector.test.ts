import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { sql } from 'kysely';
import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { systemClock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { openStore } from '../../store/database.ts';
import type { Store } from '../../store/database.ts';
import { readHead } from '../../store/telemetry/head.ts';
import { createCycleClient } from '../../upstream/cycle/client.ts';
import type { CycleClient } from '../../upstream/cycle/client.ts';
import { createUpstreamHealth } from '../../upstream/health.ts';
import { createTelemetryCollector } from './collector.ts';
import type { TelemetryCollector } from './collector.ts';
import { MEASURES } from './rates.ts';
import { createRings } from './rings.ts';
import type { Rings } from './rings.ts';

const T0 = Date.parse('2026-11-28T10:00:00Z');
const POLL_MS = 25;
const INTERVAL_MS = 10_000;
const HOST_MEMORY = 8 * 1024 ** 3;
const logger = pino({ level: 'silent' }) as Logger;

let folder: string;
let store: Store;
let upstream: Server;
let client: CycleClient;
let rings: Rings;
let collector: TelemetryCollector;
let reads = 0;
/** The server's clock; below, the time and the memory limit of the next sample. */
let now = T0;
let sampleAt = T0;
let limit = 1_000;

beforeEach(async () => {
  [now, sampleAt, limit, reads] = [T0, T0, 1_000, 0];
  folder = await mkdtemp(path.join(tmpdir(), 'cyclorama-telemetry-'));
  store = await openStore({ dataDir: folder }, logger);
  const socketPath = path.join(folder, 'api.sock');
  upstream = createServer((_request, response) => {
    reads += 1;
    const elapsed = Math.abs(sampleAt - T0);
    const stats = {
      time: new Date(sampleAt).toISOString(),
      cpu: { usage: { total: 1e12 + elapsed * 500_000 } },
      memory: { usage: { usage: 500, limit } },
      network: { interfaces: [] },
    };
    const row = { instance_id: 'i', container_id: 'c', environment_id: 'e', stats };
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: [row] }));
  });
  await new Promise<void>((resolve) => void upstream.listen(socketPath, resolve));
  const health = createUpstreamHealth({
    name: 'cycle',
    label: 'Cycle',
    configured: true,
    clock: systemClock,
  });
  client = createCycleClient({ socketPath, token: 't', health, logger });
  const clock = { now: () => now };
  rings = createRings({
    db: store.db,
    clock,
    pollMs: INTERVAL_MS,
    intervalMs: () => INTERVAL_MS,
    onDamaged: (fault) => {
      throw fault;
    },
  });
  collector = createTelemetryCollector({
    client,
    rings,
    db: store.db,
    hub: { publish: () => undefined },
    environmentId: () => 'e',
    intervalMs: () => INTERVAL_MS,
    hostMemoryBytes: () => HOST_MEMORY,
    health,
    clock,
    logger,
    pollMs: POLL_MS,
  });
});
afterEach(async () => {
  await collector.stop();
  await client.close();
  await new Promise((resolve) => void upstream.close(resolve));
  await store.close();
  await rm(folder, { recursive: true });
});

/** Resolves when the collector has read the current sample. */
async function round(): Promise<void> {
  const before = reads;
  await expect.poll(() => reads, { timeout: 5_000 }).toBeGreaterThanOrEqual(before + 2);
}

/** Advances the server's clock and the sample time alike. */
async function pass(intervals: number): Promise<void> {
  for (let count = 0; count < intervals; count += 1) {
    now += INTERVAL_MS;
    sampleAt += INTERVAL_MS;
    await round();
  }
}

const latest = (measure: (typeof MEASURES)[number]) =>
  rings.get('i')?.latest(MEASURES.indexOf(measure)) ?? null;

it('has points again at once after sample times ran ahead and were put right', async () => {
  await collector.start();
  await round();
  sampleAt += 3_600_000;
  await pass(3);
  expect(rings.get('i')?.newest).toBe(now);
  sampleAt = now;
  await pass(2);
  expect(rings.get('i')?.newest).toBe(now);
  expect(latest('cpu')).toEqual({ at: now, value: 50 });
  const stored = await readHead(store.db, 'i', 0, Number.MAX_SAFE_INTEGER);
  expect(stored.at(-1)?.at).toBe(now);
});

it('has points again at once after this machine’s own clock was put back', async () => {
  await collector.start();
  await pass(3);
  now -= 3_600_000;
  sampleAt -= 3_600_000;
  await pass(2);
  expect(rings.get('i')?.newest).toBe(now);
  expect(latest('memory')).toEqual({ at: now, value: 500 });
});

it('takes a memory limit above the host’s memory for none', async () => {
  await collector.start();
  await round();
  expect(latest('memoryLimit')?.value).toBe(1_000);
  limit = 9_223_372_036_854_771_712;
  await pass(1);
  expect(latest('memoryLimit')?.at).toBe(T0);
});

it('stores what was taken while the store could not be written, once it can', async () => {
  await collector.start();
  await pass(2);
  await sql`alter table telemetry_samples rename to away`.execute(store.db);
  const from = now;
  await pass(2);
  const taken = now;
  expect(rings.get('i')?.newest).toBe(taken);
  await sql`alter table away rename to telemetry_samples`.execute(store.db);
  await expect
    .poll(async () => (await readHead(store.db, 'i', from, Number.MAX_SAFE_INTEGER)).map(({ at }) => at), {
      timeout: 20_000,
    })
    .toEqual([from, from + INTERVAL_MS, taken]);
});
