import { describe, expect, it } from 'vitest';

import type { Answer, Json } from '../simulator.fixture.ts';
import { cycle, exchange, rerobots, scheduler, startStill } from '../simulator.fixture.ts';

const CONTAINERS = '/v1/environment/containers';
const SOON = { signal: AbortSignal.timeout(5_000) };

describe('an upstream that goes silent', () => {
  it('accepts and never answers', async () => {
    const simulator = await startStill();
    const undo = simulator.fail({ api: 'cycle', kind: 'hang' });
    await expect(cycle(simulator, CONTAINERS, { signal: AbortSignal.timeout(150) })).rejects.toThrow(
      /aborted/,
    );
    undo();
    expect((await cycle(simulator, CONTAINERS, SOON)).status).toBe(200);
  });

  it.each([
    ['cycle', 'CYCLE_API_SOCKET', CONTAINERS],
    ['rerobots', 'REROBOTS_API_URL', '/deployments'],
    ['platform', 'CYCLE_PLATFORM_URL', '/v1/jobs'],
    ['scheduler', 'SCHEDULER_URL', '/v1/functions/x/active'],
  ] as const)('sends headers and holds the body back (%s)', async (api, variable, path) => {
    const simulator = await startStill();
    simulator.fail({ api, kind: 'hold-body' });
    const address = simulator.env[variable]?.replace('localhost', '127.0.0.1') ?? '';
    const heard: { headers?: Json; bytes: number } = { bytes: 0 };
    const asked = exchange(
      address.startsWith('http') ? { url: address, path } : { socketPath: address, path },
      {
        headers: { 'x-cycle-token': simulator.env.CYCLE_API_TOKEN ?? '' },
        signal: AbortSignal.timeout(200),
        onHeaders: (headers) => (heard.headers = headers),
        onBytes: (count) => (heard.bytes += count),
      },
    );
    await expect(asked).rejects.toThrow(/aborted/);
    expect(Number(heard.headers['content-length'])).toBeGreaterThan(0);
    expect(heard.bytes).toBe(0);
  });

  it('refuses connections while nobody listens, and is back afterwards', async () => {
    const simulator = await startStill();
    const asks = {
      cycle: () => cycle(simulator, '/v1/hub', SOON),
      rerobots: () => rerobots(simulator, '/instances'),
      scheduler: () => scheduler(simulator, 'active', { shard: 0 }),
    };
    for (const api of ['cycle', 'rerobots', 'scheduler'] as const) {
      const undo = simulator.fail({ api, kind: 'down' });
      await expect(asks[api]()).rejects.toThrow(/ECONNREFUSED|ENOENT/);
      undo();
      await expect
        .poll(() =>
          asks[api]().then(
            ({ status }) => status,
            () => 0,
          ),
        )
        .toBe(200);
    }
  });
});

describe('an answer with one thing wrong', () => {
  it('has null where a list is promised', async () => {
    const simulator = await startStill();
    simulator.fail({ api: 'cycle', kind: 'null-list' });
    simulator.fail({ api: 'rerobots', kind: 'null-list' });
    expect((await cycle(simulator, CONTAINERS)).json).toEqual({ data: null });
    expect((await cycle(simulator, '/v1/hub')).json.data.id).toBe(simulator.env.CYCLE_HUB_ID);
    expect((await rerobots(simulator, '/deployments')).json).toEqual({
      workspace_deployments: null,
      page_count: 1,
    });
  });

  it.each([
    ['the internal API', (simulator) => cycle(simulator, CONTAINERS), ({ json }) => json.data],
    [
      'reservations',
      (simulator) => rerobots(simulator, '/instances?include_terminated&details'),
      ({ json }) => json.workspace_instances,
    ],
    ['ids', (simulator) => rerobots(simulator, '/deployments'), ({ json }) => json.workspace_deployments],
  ] as [string, (simulator: Parameters<typeof cycle>[0]) => Promise<Answer>, (answer: Answer) => Json[]][])(
    'has one malformed row among good ones, or one row twice: %s',
    async (_name, ask, rowsOf) => {
      const simulator = await startStill();
      const api = (await ask(simulator)).json.data ? 'cycle' : 'rerobots';
      const good = rowsOf(await ask(simulator));
      const undo = simulator.fail({ api, kind: 'malformed-row' });
      const odd = await ask(simulator);
      undo();
      expect(Number(odd.headers['content-length'])).toBe(Buffer.byteLength(odd.text));
      const middle = Math.floor(good.length / 2);
      expect(rowsOf(odd)).toEqual(good.with(middle, { id: 12, state: 7 }));
      simulator.fail({ api, kind: 'duplicate-row' });
      expect(rowsOf(await ask(simulator))).toEqual([...good, good[0]]);
    },
  );

  it('has one malformed entry among the details of deployments, and a row of its own on request', async () => {
    const simulator = await startStill();
    const ask = async () => (await rerobots(simulator, '/deployments?info=t')).json;
    const good = await ask();
    simulator.fail({ api: 'rerobots', kind: 'malformed-row', body: '{"type": null}' });
    const odd = await ask();
    expect(odd.workspace_deployments).toEqual(good.workspace_deployments);
    const changed = good.workspace_deployments.filter(
      (id: string) => JSON.stringify(odd.info[id]) !== JSON.stringify(good.info[id]),
    );
    expect(changed.map((id: string) => odd.info[id])).toEqual([{ type: null }]);
  });

  it('is nested 200,000 deep', async () => {
    const simulator = await startStill();
    simulator.fail({ api: 'cycle', kind: 'deep', count: 1 });
    simulator.fail({ api: 'rerobots', kind: 'deep', count: 1 });
    const answers = [await cycle(simulator, CONTAINERS), await rerobots(simulator, '/deployments')];
    expect(answers.map(({ text }) => /^{"(\w+)": \[{200000}\]{200000}}$/.exec(text)?.[1])).toEqual([
      'data',
      'workspace_deployments',
    ]);
  });
});
