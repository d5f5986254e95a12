import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { openStore } from '../../../store/database.ts';
import { LEASE_MS } from '../../../store/leases.ts';
import { oscar } from '../../../testing/builders/people.ts';
import { postgresBinaries, startPostgres } from '../../../testing/postgres.fixture.ts';
import type { TestPostgres } from '../../../testing/postgres.fixture.ts';
import { claimsBench } from './claims.fixture.ts';
import type { ClaimsBench } from './claims.fixture.ts';
import type { ClaimsService } from './service.ts';

const binaries = postgresBinaries();
let postgres: TestPostgres | undefined;
let bench: ClaimsBench;
let one: ClaimsService;
let other: ClaimsService;

beforeAll(async () => {
  if (binaries !== null) postgres = await startPostgres(binaries);
}, 60_000);
afterAll(() => postgres?.stop());

const stores = [
  ['one SQLite file', () => undefined],
  ['PostgreSQL', () => postgres?.url],
] as const;

describe.each(stores)('two processes over %s', (name, databaseUrl) => {
  beforeEach(async (context) => {
    context.skip(name === 'PostgreSQL' && binaries === null, 'no PostgreSQL for this machine');
    const url = databaseUrl();
    bench = await claimsBench({ singleProcess: false, ...(url === undefined ? {} : { databaseUrl: url }) });
    [one, other] = [bench.serve(), bench.serve()];
  });
  afterEach(() => bench.close());

  const claimOne = () => one.request({ containerId: bench.containerId }, oscar);
  const fail = (verb: string, kind: 'delay' | 'refuse', ms = 0) =>
    bench.simulator.fail({
      api: 'scheduler',
      kind,
      ms,
      match: { method: 'POST', pathPrefix: `/v1/functions/${bench.containerId}/${verb}` },
    });

  it('leave each other’s fresh claims alone until their window ends', async () => {
    const [spawned, left] = [await claimOne(), await claimOne()];
    await other.recover();
    await other.tick();
    expect((await one.spawn(spawned.id, {}, oscar)).state).toBe('running');
    bench.clock.advance(9_999);
    await other.tick();
    expect((await other.detail(left.id)).state).toBe('claimed');
    bench.clock.advance(1);
    await other.tick();
    expect((await one.detail(left.id)).state).toBe('expired');
  });

  it.each(['spawn', 'release'] as const)(
    'leave a %s that is under way to the one that sent it',
    async (verb) => {
      const { id } = await claimOne();
      if (verb === 'release') await one.spawn(id, {}, oscar);
      const undo = fail(verb, 'delay', 300);
      const sent = verb === 'spawn' ? one.spawn(id, {}, oscar) : one.release(id, oscar);
      await vi.waitFor(async () =>
        expect((await other.detail(id)).state).toBe(verb === 'spawn' ? 'spawning' : 'releasing'),
      );
      await other.recover();
      bench.clock.advance(3_000);
      await other.tick();
      expect((await sent).state).toBe(verb === 'spawn' ? 'running' : 'released');
      undo();
      expect(bench.simulator.requests().scheduler[`POST /v1/functions/:id/${verb}`]).toBe(1);
    },
  );

  it('settle what the other left unanswered', async () => {
    const { id } = await claimOne();
    const undo = fail('spawn', 'refuse');
    expect((await one.spawn(id, {}, oscar)).state).toBe('spawning');
    undo();
    bench.clock.advance(13_000);
    await other.tick();
    expect((await one.detail(id)).state).toBe('expired');
  });

  it('run a batch one at a time: its lease must expire before the other takes it', async () => {
    const order = { containerId: bench.containerId, count: 2, concurrency: 1, environmentVariables: {} };
    const { id } = await one.batches.create(order, oscar);
    await vi.waitFor(() => expect(one.numbers().running).toBe(1));
    const runner = async () =>
      (
        await bench.store.db
          .selectFrom('claim_batches')
          .select('runner')
          .where('id', '=', id)
          .executeTakeFirst()
      )?.runner;
    const first = await runner();
    // The first process stops renewing.
    bench.clock.advance(LEASE_MS - 1);
    await other.tick();
    expect(await runner()).toBe(first);
    bench.clock.advance(5_001);
    await other.tick();
    expect(await runner()).not.toBe(first);
    await other.releaseMine(undefined, oscar);
    await vi.waitFor(async () => {
      await other.tick();
      expect((await other.batches.detail(id)).started).toBe(2);
    });
    await one.tick();
    const rows = await bench.store.db
      .selectFrom('claims')
      .select(['batch_index', 'state'])
      .where('batch_id', '=', id)
      .execute();
    expect(rows.map((row) => row.batch_index).toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([0, 1]);
  });
});

it('a SQLite file belongs to one process: a second one is refused and the error says what to do', async () => {
  bench = await claimsBench();
  try {
    const second = openStore({ dataDir: bench.dataDir }, { warn: () => undefined });
    await expect(second).rejects.toThrow('Another process uses the data');
  } finally {
    await bench.close();
  }
});
