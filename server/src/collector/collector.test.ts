import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { collectorsResponse } from '@cyclorama/shared/collectors.ts';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';

import { startTestServer } from '../testing/server.fixture.ts';
import type { Browser, TestServer } from '../testing/server.fixture.ts';
import { COLLECT_SECRET, kill, startCollector, watchedApi, wayToDashboard } from './collector.fixture.ts';
import type { ServerAt } from './collector.fixture.ts';

let server: TestServer;
let vera: Browser;
let others: ServerAt[];
beforeAll(async () => {
  server = await startTestServer({ env: { COLLECT_SECRET } });
  vera = await server.signIn('vera');
  others = JSON.parse(server.simulator.env['SIM_SERVERS'] ?? '[]') as ServerAt[];
}, 60_000);
afterAll(() => server.close());

const serverAt = (index: number): ServerAt => others[index] ?? expect.fail('expected another server');
const coverageOf = async (serverId: string) => {
  const { servers } = collectorsResponse.parse(await (await vera.get('/api/collectors')).json());
  return servers.find((each) => each.serverId === serverId);
};
const storedTimes = async (instanceId: string): Promise<number[]> =>
  (
    await server.store.db
      .selectFrom('telemetry_samples')
      .select('at')
      .where('instance_id', '=', instanceId)
      .orderBy('at')
      .execute()
  ).map(({ at }) => at);

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cyclorama-collector-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('a collector', { timeout: 90_000 }, () => {
  it('loses no sample while it is killed, the dashboard is away and answers are lost; each counts once', async () => {
    const at = serverAt(0);
    const api = await watchedApi(at);
    const way = await wayToDashboard();
    way.port = Number(new URL(server.url).port);
    const options = { ...at, socketPath: api.socketPath, to: way.url, dataDir: newFolder() };
    /** Of answers that may have reached a killed collector too late to be written down. */
    const unsure = new Set<number>();

    for (const round of [1, 2, 3]) {
      const collector = startCollector(options);
      const before = api.answered.length;
      await vi.waitFor(() => expect(api.answered.length).toBeGreaterThan(before + 4), 20_000);
      await kill(collector.child, 'SIGKILL');
      unsure.add(api.answered.length - 1);
      // Taken, and not acknowledged: these come again.
      if (round === 2) way.mode = 'answers lost';
    }
    expect(way.lost).toBeGreaterThan(0);
    way.mode = 'open';
    const startedAt = new Date().toISOString();
    const collector = startCollector(options);
    await vi.waitFor(async () => {
      const coverage = await coverageOf(at.serverId);
      expect(coverage).toMatchObject({ state: 'reporting', waiting: 0 });
      expect((coverage?.lastReportAt ?? '') > startedAt).toBe(true);
    }, 30_000);
    await kill(collector.child, 'SIGTERM');
    expect(collector.log()).toContain('"msg":"stopping"');

    const answered = api.answered.filter((_, index) => !unsure.has(index)).flat();
    expect(answered.length).toBeGreaterThan(50);
    const missing: unknown[] = [];
    for (const instanceId of new Set(answered.map((each) => each.instanceId))) {
      const stored = await storedTimes(instanceId);
      expect(stored).toEqual([...new Set(stored)]);
      const known = new Set(stored);
      missing.push(...answered.filter((each) => each.instanceId === instanceId && !known.has(each.at)));
    }
    // Of the simulated hub’s other environment: nobody here may see it.
    const ours = new Set(server.simulator.live.world.instances.keys());
    expect(missing.filter((each) => ours.has((each as { instanceId: string }).instanceId))).toEqual([]);
    expect(missing.length).toBeGreaterThan(0);
  });

  it('keeps what it is reading when it is stopped', async () => {
    const at = serverAt(0);
    const api = await watchedApi(at);
    const { child } = startCollector({
      ...at,
      socketPath: api.socketPath,
      to: server.url,
      dataDir: newFolder(),
    });
    await vi.waitFor(() => expect(api.answered.length).toBeGreaterThan(1), 20_000);
    api.holdMs = 1_000;
    await vi.waitFor(() => expect(api.reading).toBe(1), 20_000);
    const before = api.answered.length;
    await kill(child, 'SIGTERM');
    expect(api.answered.length).toBe(before + 1);
    const ours = server.simulator.live.world.instances;
    const read = (api.answered.at(-1) ?? []).filter(({ instanceId }) => ours.has(instanceId));
    expect(read.length).toBeGreaterThan(0);
    for (const { instanceId, at: time } of read) expect(await storedTimes(instanceId)).toContain(time);
  });

  it('makes its server’s instances measured, and says who, since when and how much waits', async () => {
    const at = serverAt(1);
    const [instance] = [...server.simulator.live.world.instances.values()].filter(
      ({ serverId, state }) => serverId === at.serverId && state === 'running',
    );
    const charts = async () => {
      const range = `from=${Date.now() - 60_000}&to=${Date.now()}&points=10`;
      const answer = await vera.get(`/api/telemetry/instances/${instance?.id}?${range}`);
      return (await answer.json()) as { series: unknown[]; notMeasured: string[] };
    };
    // Else the API key shows it, collector or none.
    server.simulator.happen({ kind: 'capabilities.set', capabilities: [] });
    expect(await charts()).toMatchObject({ series: [], notMeasured: [instance?.id] });
    expect(await coverageOf(at.serverId)).toMatchObject({ by: 'nobody', state: 'none', instanceId: null });

    const dataDir = newFolder();
    const { child } = startCollector({ ...at, to: server.url, dataDir });
    await vi.waitFor(async () => expect((await charts()).series).toHaveLength(1), 20_000);
    expect(await coverageOf(at.serverId)).toMatchObject({
      by: 'collector',
      state: 'reporting',
      hostname: at.hostname,
      instanceId: 'c'.repeat(24),
      version: '1.2.3',
      dropped: 0,
      reason: null,
    });
    await kill(child, 'SIGTERM');
  });

  it('tells why it can’t read its server, and a wrong secret is refused without a word of it', async () => {
    const at = serverAt(2);
    const dataDir = newFolder();
    const first = startCollector({ ...at, to: server.url, dataDir });
    await vi.waitFor(
      async () => expect(await coverageOf(at.serverId)).toMatchObject({ by: 'collector' }),
      20_000,
    );
    await kill(first.child, 'SIGKILL');
    const { child, log } = startCollector({ ...at, token: 'no token', to: server.url, dataDir });
    await vi.waitFor(
      async () =>
        expect(await coverageOf(at.serverId)).toMatchObject({
          state: 'failing',
          reason: 'Cycle’s internal API refuses CYCLE_API_TOKEN.',
        }),
      20_000,
    );
    await kill(child, 'SIGKILL');
    expect(log()).not.toContain('no token');
    expect(log() + server.log()).not.toContain(COLLECT_SECRET);
  });
});
