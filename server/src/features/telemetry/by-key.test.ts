import { telemetryResponse } from '@cyclorama/shared/telemetry.ts';
import type { TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';

const HALF_AN_HOUR = 1_800_000;
const HOUR = 3_600_000;
/** What the read is waited for in the product; a busy machine may need longer. */
const NOT_YET = 'Cycle’s public API has not answered yet.';

let server: TestServer;
let vera: Browser;
/** Up for longer than any range here. */
let elsewhere: { id: string; cores: number }[];
/** Stands still but where a test moves it: a slow machine must not use up what a minute allows. */
let aheadMs = 0;
const startedAt = Date.now();
const now = (): number => startedAt + aheadMs;

vi.setConfig({ testTimeout: 120_000 });
beforeAll(async () => {
  server = await startTestServer({ clock: { now } });
  vera = await server.signIn('vera');
  const { instances, self, containers } = server.simulator.live.world;
  elsewhere = [...instances.values()].filter(
    ({ serverId, state, containerId, startedAt: since }) =>
      serverId !== self.serverId &&
      state === 'running' &&
      containers.get(containerId)?.telemetryDisabled === false &&
      (since ?? Infinity) < startedAt - 2 * HOUR,
  );
  // Until the environment has been read there is no such instance.
  await vi.waitFor(async () => {
    const { status } = await vera.get(`/api/telemetry/instances/${idAt(0)}?from=1&to=2`);
    if (status !== 200) throw new Error(`expected 200, got ${status}`);
  }, 60_000);
}, 120_000);
afterAll(() => server.close());
// No failure or count of an earlier test is left.
beforeEach(() => {
  aheadMs += 61_000;
});

const idAt = (index: number): string => {
  const found = elsewhere[index];
  if (found === undefined) throw new Error(`expected more than ${index} instances elsewhere`);
  return found.id;
};
const once = async (place: string, from: number, to: number): Promise<TelemetryResponse> => {
  const answer = await vera.get(`/api/telemetry/${place}?from=${from}&to=${to}&points=100`);
  const text = await answer.text();
  expect([answer.status, text]).toEqual([200, text]);
  return telemetryResponse.parse(JSON.parse(text));
};
const read = (id: string, backMs = HALF_AN_HOUR, to = now()): Promise<TelemetryResponse> =>
  vi.waitFor(async () => {
    const answer = await once(`instances/${id}`, to - backMs, to);
    expect(answer.notMeasuredReason).not.toBe(NOT_YET);
    return answer;
  }, 60_000);
/** Reports asked for since the last look. */
const asked = (): number => {
  const counts = Object.entries(server.simulator.requests().platform);
  server.simulator.resetRequests();
  return counts.reduce((sum, [address, count]) => sum + (address.includes('/telemetry/') ? count : 0), 0);
};

describe('telemetry of an instance whose server nothing of ours reads', () => {
  it('is read with the API key, as the counters say, and stored nowhere', async () => {
    const id = idAt(0);
    const answer = await read(id);
    expect(answer).toMatchObject({ byKey: [id], notMeasured: [], notMeasuredReason: null });
    const { cpu = [], memory = [], receive = [] } = answer.series[0]?.values ?? {};
    const known = cpu.filter((value) => value !== null);
    expect(known.length).toBeGreaterThan(50);
    // The simulated processor use waves around its average.
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    expect(mean / ((elsewhere[0]?.cores ?? 0) * 100)).toBeGreaterThan(0.2);
    expect(mean / ((elsewhere[0]?.cores ?? 0) * 100)).toBeLessThan(2);
    expect([memory, receive].map((values) => values.some((value) => (value ?? 0) > 0))).toEqual([true, true]);
    expect(answer.series[0]?.highest?.cpu).toBeGreaterThanOrEqual(Math.max(...known));
    const stored = await server.store.db
      .selectFrom('telemetry_samples')
      .select('at')
      .where('instance_id', '=', id)
      .execute();
    expect(stored).toEqual([]);
  });

  it('is asked for once by all who look, and then for what is new only', async () => {
    const id = idAt(1);
    const to = now();
    asked();
    await Promise.all([1, 2, 3].map(() => read(id, HALF_AN_HOUR, to)));
    await read(id, HALF_AN_HOUR / 3, to);
    expect(asked()).toBe(1);
    aheadMs += 60_000;
    const before = await read(id, HALF_AN_HOUR, to);
    expect(asked()).toBe(1);
    expect(before.series[0]?.values.cpu?.filter((value) => value !== null).length).toBeGreaterThan(50);
    // Further back than what is kept.
    await read(id, HOUR, to);
    expect(asked()).toBe(1);
  });

  it('goes six hours back, which is said of what is older', async () => {
    const id = idAt(1);
    asked();
    const older = await read(id, HOUR, now() - 7 * HOUR);
    expect([older.byKey, older.notMeasured]).toEqual([[], [id]]);
    expect(older.notMeasuredReason).toBe('With the API key only the last six hours can be read.');
    expect(asked()).toBe(0);
  });

  it('is not asked for where a server is covered, nor of an instance that is not there', async () => {
    const { instances, self } = server.simulator.live.world;
    const own = [...instances.values()].find(({ serverId }) => serverId === self.serverId);
    asked();
    expect((await read(own?.id ?? '')).byKey).toEqual([]);
    expect((await vera.get(`/api/telemetry/instances/${'f'.repeat(24)}?from=1&to=2`)).status).toBe(404);
    expect(asked()).toBe(0);
  });

  it('is not waited for: what is measured here is answered meanwhile, and the read goes on', async () => {
    const id = idAt(2);
    const to = now();
    asked();
    const undo = server.simulator.fail({ api: 'platform', kind: 'delay', ms: 6_000 });
    const answer = await once(`instances/${id}`, to - HALF_AN_HOUR, to);
    undo();
    expect([answer.notMeasured, answer.notMeasuredReason]).toEqual([[id], NOT_YET]);
    expect((await read(id, HALF_AN_HOUR, to)).byKey).toEqual([id]);
    expect(asked()).toBe(1);
  });

  it('names what failed and the capability that the API key lacks, and asks again only after a while', async () => {
    const id = idAt(3);
    const undo = server.simulator.fail({ api: 'platform', kind: 'status', status: 500 });
    const failed = await read(id);
    undo();
    expect([failed.notMeasured, failed.notMeasuredReason]).toEqual([
      [id],
      "Cycle's public API failed (500).",
    ]);
    server.simulator.happen({ kind: 'capabilities.set', capabilities: ['monitor-view'] });
    aheadMs += 11_000;
    const refused = await read(id);
    server.simulator.happen({ kind: 'capabilities.set', capabilities: null });
    expect([refused.byKey, refused.notMeasuredReason]).toEqual([
      [],
      "The API key of Cycle's public API lacks the capability containers-view.",
    ]);
    asked();
    await read(id);
    expect(asked()).toBe(0);
    aheadMs += 31_000;
    expect((await read(id)).byKey).toEqual([id]);
  });

  it('is asked for sixty times a minute at most', async () => {
    const id = idAt(4);
    const to = now();
    asked();
    // Each further back than what is kept.
    for (let back = 0; back < 60; back += 1) await read(id, HALF_AN_HOUR + back * 60_000, to);
    expect(asked()).toBe(60);
    const last = await read(idAt(5), HOUR, to);
    expect(last.notMeasuredReason).toBe('Cycle’s public API was asked often enough for this minute.');
    expect((await read(id, HALF_AN_HOUR, to)).byKey).toEqual([id]);
    expect(asked()).toBe(0);
  });
});
