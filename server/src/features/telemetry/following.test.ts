import { paths } from '@cyclorama/shared/paths.ts';
import { telemetryResponse, topResponse } from '@cyclorama/shared/telemetry.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createEventHub } from '../../lib/event-hub.ts';
import { openStore } from '../../store/database.ts';
import type { Store } from '../../store/database.ts';
import { writeSamples } from '../../store/telemetry/head.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import { postgresBinaries, startPostgres } from '../../testing/postgres.fixture.ts';
import type { TestPostgres } from '../../testing/postgres.fixture.ts';
import { startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { createFollowing } from './following.ts';
import type { Sample } from './rates.ts';
import { createRings } from './rings.ts';
import { toSampleRow } from './sample-row.ts';

const POLL_MS = 10_000;
const NOW = 1_795_000_200_000;
const soon = { timeout: 60_000, interval: 200 };

describeOnEachEngine('what another process stores', (bench) => {
  const following = (now: number, ids: readonly string[] = ['a', 'b']) => {
    const { db } = bench.store;
    const times = { clock: { now: () => now }, pollMs: POLL_MS, intervalMs: () => POLL_MS };
    const onDamaged = (fault: Error): never => {
      throw fault;
    };
    const rings = createRings({ db, ...times, onDamaged });
    const logger = { error: (about: object) => expect(about).toBeNull() };
    const hub = createEventHub();
    const follows = createFollowing({ db, rings, ...times, ids: () => ids, hub, logger });
    return { rings, follows };
  };
  const store = (id: string, ...ats: number[]): Promise<void> =>
    writeSamples(
      bench.store.db,
      ats
        .map((at): Sample => ({ at, start: at - POLL_MS, values: [at % 1_000] }))
        .map((it) => toSampleRow(id, it)),
      [],
    );
  const held = (rings: ReturnType<typeof createRings>, id: string): number[] =>
    Array.from(rings.get(id)?.points(0, Number.POSITIVE_INFINITY).ends ?? []);

  it('is in memory after a round, once and in order, of those that are asked for', async () => {
    await store('a', NOW - 30_000, NOW - 20_000);
    await store('other', NOW - 20_000);
    const { rings, follows } = following(NOW);
    await follows.round();
    await follows.round();
    expect(held(rings, 'a')).toEqual([NOW - 30_000, NOW - 20_000]);
    expect(held(rings, 'b')).toEqual([]);
    expect(held(rings, 'other')).toEqual([]);
    // The one before was within reach, so the newer began where it ended.
    expect(Array.from(rings.get('a')?.points(0, NOW).spans ?? [])).toEqual([POLL_MS, POLL_MS]);
    await store('a', NOW - 10_000);
    await follows.round();
    expect(held(rings, 'a')).toEqual([NOW - 30_000, NOW - 20_000, NOW - 10_000]);
  });

  it('is whole where a sample came after a later one', async () => {
    await store('b', NOW - 40_000, NOW - 10_000);
    const { rings, follows } = following(NOW);
    await follows.round();
    await store('b', NOW - 20_000);
    const { version } = rings;
    await follows.round();
    expect(held(rings, 'b')).toEqual([NOW - 40_000, NOW - 20_000, NOW - 10_000]);
    expect(rings.version).toBeGreaterThan(version);
  });

  it('is left alone where it is of a time to come', async () => {
    await store('c', NOW - 10_000, NOW + 60_000);
    const { rings, follows } = following(NOW, ['c']);
    await follows.round();
    expect(held(rings, 'c')).toEqual([NOW - 10_000]);
  });
});

describe.skipIf(postgresBinaries() === null)('two replicas, each on a server of its own', () => {
  let postgres: TestPostgres;
  let stores: Store[];
  let servers: TestServer[];
  let people: Browser[];

  beforeAll(async () => {
    postgres = await startPostgres(postgresBinaries() ?? '');
    const open = () => openStore({ databaseUrl: postgres.url }, { warn: () => undefined });
    stores = [await open(), await open()];
    const first = await startTestServer({ store: stores[0] });
    const [other] = JSON.parse(first.simulator.env['SIM_SERVERS'] ?? '[]') as Record<string, string>[];
    const env = { CYCLE_API_SOCKET: other?.['socketPath'], CYCLE_API_TOKEN: other?.['token'] };
    const second = await startTestServer({ beside: first, store: stores[1], env });
    servers = [second, first];
    people = [await first.signIn('oscar'), await second.signIn('oscar')];
  }, 120_000);
  afterAll(async () => {
    for (const server of servers) await server.close();
    await Promise.all(stores.map((store) => store.close()));
    await postgres.stop();
  });

  it('rank what both have measured, and tell the newest of both', async () => {
    const top = async (person: Browser) =>
      topResponse.parse(await (await person.get(`${paths.topTelemetry()}?measure=memory&limit=50`)).json());
    for (const person of people)
      await vi.waitFor(async () => expect((await top(person)).servers).toBe(2), soon);
    const [here, there] = await Promise.all(people.map(top));
    const names = (response: typeof here) => new Set(response?.rows.map(({ name }) => name));
    expect(names(here)).toEqual(names(there));
    const [busiest] = here?.rows ?? [];
    for (const person of people) {
      const from = Date.now() - 600_000;
      const path = paths.instanceTelemetry(busiest?.instanceId ?? '');
      const answer = await person.get(`${path}?from=${from}&to=${Date.now()}&points=60`);
      expect(telemetryResponse.parse(await answer.json()).series).toHaveLength(1);
    }
  }, 180_000);
});
