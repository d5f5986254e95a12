import { describe, expect, it } from 'vitest';

import { cycle, platform, rerobots, scheduler, startStill } from '../simulator.fixture.ts';

const GONE = /socket hang up|ECONNRESET|aborted/;

describe('faults', () => {
  it('refuse, cut or spoil an answer, until they are undone', async () => {
    const simulator = await startStill();
    const ask = () => cycle(simulator, '/v1/environment/containers');
    const kinds = [
      { kind: 'refuse', expectation: () => expect(ask()).rejects.toThrow(GONE) },
      { kind: 'cut', expectation: () => expect(ask()).rejects.toThrow(GONE) },
      {
        kind: 'wrong-json',
        expectation: async () => expect(await ask()).toMatchObject({ status: 200, json: undefined }),
      },
      {
        kind: 'empty-403',
        expectation: async () => expect(await ask()).toMatchObject({ status: 403, text: '' }),
      },
    ] as const;
    for (const { kind, expectation } of kinds) {
      const undo = simulator.fail({ api: 'cycle', kind });
      await expectation();
      undo();
      expect((await ask()).status).toBe(200);
    }
  });

  it('throttle and revoke in the words of each API', async () => {
    const simulator = await startStill();
    for (const kind of ['throttle', 'revoke-token'] as const)
      for (const api of ['cycle', 'scheduler', 'platform', 'rerobots'] as const)
        simulator.fail({ api, kind, count: 1 });
    const both = async (ask: () => ReturnType<typeof cycle>) => [await ask(), await ask()];
    for (const answers of [
      await both(() => cycle(simulator, '/v1/hub')),
      await both(() => scheduler(simulator, 'active')),
      await both(() => platform(simulator, '/v1/jobs')),
    ])
      expect(answers.map((answer) => answer.json.error.code)).toEqual([
        '429.rate-limiting',
        '401.auth-invalid',
      ]);
    const [limited, revoked] = await both(() => rerobots(simulator, '/instances'));
    expect(limited).toMatchObject({ status: 403, text: '', headers: { 'x-ratelimit-remaining': '0' } });
    expect(revoked).toMatchObject({ status: 400, json: { error_message: 'wrong authorization token' } });
  });

  it('end by themselves after their count, and strike only what they match', async () => {
    const simulator = await startStill();
    simulator.fail({
      api: 'cycle',
      kind: 'status',
      status: 500,
      count: 2,
      match: { method: 'GET', pathPrefix: '/v1/server' },
    });
    expect((await cycle(simulator, '/v1/hub')).status).toBe(200);
    const statuses = [];
    for (let each = 0; each < 3; each++) statuses.push((await cycle(simulator, '/v1/server')).status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  it('hold a request for real time', async () => {
    const simulator = await startStill();
    simulator.fail({ api: 'cycle', kind: 'delay', ms: 120 });
    const startedAt = performance.now();
    expect((await cycle(simulator, '/v1/hub')).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(110);
  });

  it('end by themselves after their time', async () => {
    const simulator = await startStill();
    simulator.fail({ api: 'cycle', kind: 'status', status: 502, forMs: 100 });
    const bad = await cycle(simulator, '/v1/hub');
    expect([bad.status, bad.headers['content-type']]).toEqual([502, 'text/html']);
    await expect.poll(async () => (await cycle(simulator, '/v1/hub')).status).toBe(200);
  });
});
