import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { startSimulator } from '../../server/simulator/src/index.ts';
import { capacityAt } from '../../server/src/features/environment/overview/capacity.ts';
import { createHistoryService } from '../../server/src/features/history/service.ts';
import { openStore } from '../../server/src/store/database.ts';
import { toldOf } from '../../server/src/store/telemetry/points.fixture.ts';
import { readPoints } from '../../server/src/store/telemetry/read.ts';
import { recordDemoPast } from './record.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function demo(options: { past: boolean }) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'cyclorama-past-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.close());
  const record = () => recordDemoPast(dataDir, simulator.env, ['ada', 'oscar']);
  return { dataDir, simulator, record };
}

it('fills a new demo store with a day that ends where the world is, and no other store', async () => {
  const { dataDir, simulator, record } = await demo({ past: true });
  await record();
  await expect(record()).rejects.toThrow('The store has a history');

  const store = await openStore({ dataDir }, console);
  onTestFinished(() => store.close());
  const { db } = store;
  const now = Date.now();
  const { instances } = simulator.live.world;
  const events = await db.selectFrom('object_events').selectAll().orderBy('at').execute();
  const kinds = new Set(events.map(({ kind, outcome }) => `${kind} ${outcome}`));
  for (const kind of ['deployment done', 'state failed', 'restart done', 'health failed', 'health recovered'])
    expect(kinds).toContain(kind);
  const restarts = events.filter(({ kind, object_id: id }) => kind === 'restart' && instances.has(id));
  const newest = new Map(restarts.map(({ object_id: id, at }) => [id, at]));
  expect(newest.size).toBeGreaterThan(5);
  // The world went on while its past was written: what restarted since did so after all of it.
  const same = [...newest].filter(([id, at]) => instances.get(id)?.startedAt === at);
  const since = [...newest].filter(([id, at]) => (instances.get(id)?.startedAt ?? now) > at);
  expect(same.length + since.length).toBe(newest.size);
  expect(same.length).toBeGreaterThan(since.length);

  const counts = await db.selectFrom('capacity_history').selectAll().orderBy('at').execute();
  expect(counts.length).toBeGreaterThan(23 * 60);
  // A migration has one more for a while.
  const totals = counts.map((row) => Object.values(row).reduce((sum, n) => sum + n, 0) - row.at);
  expect(new Set(totals)).toContain(simulator.live.world.instances.size);
  expect(counts.some(({ failed }) => failed > 0)).toBe(true);

  const history = createHistoryService(store);
  const [span, ...others] = (await history.recorded()).spans;
  expect(others).toEqual([]);
  expect(now - (span?.until ?? 0)).toBeLessThan(3 * MINUTE);
  expect((span?.until ?? 0) - (span?.from ?? 0)).toBeGreaterThan(23 * HOUR);
  for (const row of counts.filter((_, index) => index % 97 === 1)) {
    const { nodes } = await history.topology(row.at);
    expect(
      capacityAt(
        row.at,
        nodes.filter((node) => node.kind === 'instance'),
      ),
    ).toEqual(row);
    expect(nodes.filter(({ kind }) => kind === 'domain')).toHaveLength(simulator.live.world.domains.length);
  }

  const queues = await db.selectFrom('queue_lengths').selectAll().execute();
  expect(queues.every(({ length }) => length !== null && length >= 0)).toBe(true);
  expect(new Set(queues.map(({ deployment_id: id }) => id)).size).toBeGreaterThan(5);
  const bookings = await db.selectFrom('bookings').selectAll().execute();
  expect(bookings.length).toBeGreaterThan(10);
  expect(new Set(bookings.map(({ owner }) => owner))).toEqual(new Set(['ada', 'oscar']));
  const claims = await db.selectFrom('claims').selectAll().execute();
  expect(claims.every(({ spawned_at: from, ended_at: to }) => (from ?? 0) < (to ?? 0))).toBe(true);
  expect(claims.length).toBeGreaterThan(40);

  const measured: { start: number; cpu: number }[] = [];
  for (const instanceId of instances.keys()) {
    const range = { from: now - 25 * HOUR, to: now, stepMs: MINUTE, intervalMs: MINUTE };
    const onDamaged = (fault: Error): never => {
      throw fault;
    };
    await readPoints(
      db,
      { instanceId, ...range, onDamaged },
      (points) => void measured.push(...toldOf(points, 0).map(({ start, mean }) => ({ start, cpu: mean }))),
    );
  }
  const starts = measured.map(({ start }) => start).sort((a, b) => a - b);
  expect(now - (starts[0] ?? 0)).toBeGreaterThan(23 * HOUR);
  expect(now - (starts.at(-1) ?? 0)).toBeLessThan(3 * MINUTE);
  const known = measured.filter(({ cpu }) => !Number.isNaN(cpu));
  expect(known.every(({ cpu }) => cpu >= 0)).toBe(true);
  expect(known.length).toBeGreaterThan(measured.length * 0.9);
  const minutes = new Set(starts.map((start) => Math.floor(start / MINUTE)));
  expect(minutes.size).toBeGreaterThan(23 * 60);
  const { length: unsealed } = await db.selectFrom('telemetry_samples').select('at').execute();
  expect(unsealed).toBeLessThan(measured.length / 4);
}, 180_000);

it('is refused by a simulator that was not told to have a past', async () => {
  const { record } = await demo({ past: false });
  await expect(record()).rejects.toThrow('start it with --past');
});
