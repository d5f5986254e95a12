import { gzipSync } from 'node:zlib';

import { collectorsResponse } from '@cyclorama/shared/collectors.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { SIGNATURE_HEADER, signatureOf } from '../../lib/collect-signature.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { TestServer } from '../../testing/server.fixture.ts';

const COLLECT_SECRET = 'a secret of this test that is long enough';
const SERVER = { id: 'f'.repeat(24), hostname: 'far-away', state: { current: 'live' } };
const ID = 'e'.repeat(24);
const T = Date.now() - 600_000;

const rowOf = (environmentId: string, at: number, cpuSeconds: number) => ({
  instance_id: ID,
  container_id: 'd'.repeat(24),
  environment_id: environmentId,
  stats: { time: new Date(at).toISOString(), cpu: { usage: { total: cpuSeconds * 1e9 } } },
});
const frameOf = (...rows: object[]): string =>
  gzipSync(JSON.stringify({ at: T, telemetry: { data: rows } })).toString('base64');
const reportOf = (base: string | null, frames: string[]) => ({
  sentAt: T,
  startedAt: T,
  instanceId: 'c'.repeat(24),
  version: '1.0.0',
  server: SERVER,
  spool: { frames: frames.length, samples: frames.length, bytes: 1, dropped: 5 },
  reading: { failingSince: null, reason: null },
  base,
  frames,
});
const post = (server: TestServer, body: string, signature: string | null, url = server.url) =>
  fetch(`${url}/api/collect`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signature === null ? {} : { [SIGNATURE_HEADER]: signature }),
    },
    body,
  });
const send = (server: TestServer, report: object) => {
  const body = JSON.stringify(report);
  return post(server, body, signatureOf(COLLECT_SECRET, Buffer.from(body)));
};

const readyAt = ({ url }: TestServer): Promise<void> =>
  vi.waitFor(async () => {
    if (!(await fetch(`${url}/readyz`)).ok) throw new Error('not ready');
  }, 20_000);

describeOnEachEngine('reports of collectors', (bench) => {
  let server: TestServer;
  let replica: TestServer;
  let environmentId: string;
  beforeAll(async () => {
    server = await startTestServer({ store: bench.store, env: { COLLECT_SECRET } });
    environmentId = server.simulator.live.world.environment.id;
    // It runs on another server, so that is the one it can read.
    const [other] = JSON.parse(server.simulator.env['SIM_SERVERS'] ?? '[]') as Record<string, string>[];
    replica = await startTestServer({
      beside: server,
      env: { COLLECT_SECRET, CYCLE_API_SOCKET: other?.['socketPath'], CYCLE_API_TOKEN: other?.['token'] },
    });
    await Promise.all([server, replica].map(readyAt));
  }, 60_000);
  afterAll(async () => {
    await replica.close();
    await server.close();
  });

  const stored = () =>
    bench.store.db
      .selectFrom('telemetry_samples')
      .select(['at', 'cpu'])
      .where('instance_id', '=', ID)
      .orderBy('at')
      .execute();
  const listed = async (from: TestServer) => {
    const vera = await from.signIn('vera');
    return collectorsResponse.parse(await (await vera.get('/api/collectors')).json());
  };

  it('count once, on whichever replica and however often, with the rates since the frame before', async () => {
    const frames = [0, 1, 2, 3].map((n) => frameOf(rowOf(environmentId, T + n * 10_000, n * n)));
    const [first = '', second = '', third = '', fourth = ''] = frames;
    expect(await (await send(server, reportOf(null, [first, second]))).json()).toEqual({ frames: 2 });
    // The answer was lost: all of it comes again, elsewhere.
    expect((await send(replica, reportOf(null, [first, second]))).status).toBe(200);
    expect((await send(replica, reportOf(second, [third, fourth]))).status).toBe(200);
    expect((await send(server, reportOf(second, [third]))).status).toBe(200);
    expect(await stored()).toEqual([
      { at: T, cpu: null },
      { at: T + 10_000, cpu: 10 },
      { at: T + 20_000, cpu: 30 },
      { at: T + 30_000, cpu: 50 },
    ]);
    for (const each of [server, replica])
      await vi.waitFor(
        async () =>
          expect((await listed(each)).servers.find(({ serverId }) => serverId === SERVER.id)).toMatchObject({
            by: 'collector',
            state: 'reporting',
            hostname: 'far-away',
            dropped: 5,
            lastSampleAt: new Date(T + 30_000).toISOString(),
          }),
        20_000,
      );
  });

  it('may hold what is of another environment or can’t be read: that is left out', async () => {
    const before = await stored();
    const frames = [frameOf(rowOf('another', T + 90_000, 9)), frameOf({ data: 'no row' }), 'AAAA'];
    expect(await (await send(server, reportOf(null, frames))).json()).toEqual({ frames: 3 });
    expect(await stored()).toEqual(before);
  });

  it('are taken only with a signature of the body under the secret', async () => {
    const body = JSON.stringify(reportOf(null, []));
    const good = signatureOf(COLLECT_SECRET, Buffer.from(body));
    for (const bad of [null, '', 'sha256=', good.slice(0, -1), signatureOf('another', Buffer.from(body))]) {
      const answer = await post(server, body, bad);
      expect([answer.status, await errorOf(answer)]).toMatchObject([401, { code: 'unauthenticated' }]);
    }
    expect((await post(server, body.replace('1.0.0', '6.6.6'), good)).status).toBe(401);
    expect((await post(server, body, good)).status).toBe(200);
    expect(server.log()).not.toContain(COLLECT_SECRET);
    expect(server.log()).not.toContain(good);
  });

  it('are refused where they are malformed or too large', async () => {
    const malformed = await send(server, { ...reportOf(null, []), frames: 'none' });
    expect([malformed.status, await errorOf(malformed)]).toMatchObject([400, { field: 'body.frames' }]);
    const large = 'A'.repeat(8 * 1_048_576 + 1);
    expect((await post(server, large, 'sha256=00')).status).toBe(413);
  });

  it('are needed for no server on which a replica runs: each reads its own', async () => {
    const { servers } = server.simulator.live.world;
    await vi.waitFor(async () => {
      for (const each of [server, replica]) {
        const readers = (await listed(each)).servers.filter(({ by }) => by === 'dashboard');
        expect(readers.map(({ state }) => state)).toEqual(['reporting', 'reporting']);
        expect(readers.every(({ serverId }) => servers.has(serverId))).toBe(true);
      }
    }, 30_000);
  }, 60_000);
});

it('are not taken at all without a secret of the dashboard', async () => {
  const server = await startTestServer();
  const answer = await send(server, reportOf(null, []));
  expect([answer.status, await errorOf(answer)]).toMatchObject([404, { hint: 'Set COLLECT_SECRET.' }]);
  await server.close();
});
