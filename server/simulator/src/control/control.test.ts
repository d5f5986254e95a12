import { describe, expect, it } from 'vitest';

import { control, cycle, platform, rerobots, startStill } from '../simulator.fixture.ts';

describe('the control port', () => {
  it('begins, lists and ends faults', async () => {
    const simulator = await startStill();
    const made = await control(simulator, '/faults', {
      method: 'POST',
      body: { api: 'cycle', kind: 'empty-403' },
    });
    expect(made.status).toBe(201);
    expect((await control(simulator, '/faults')).json).toEqual([
      { id: made.json.id, api: 'cycle', kind: 'empty-403' },
    ]);
    expect((await cycle(simulator, '/v1/hub')).status).toBe(403);
    expect((await control(simulator, `/faults/${made.json.id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await cycle(simulator, '/v1/hub')).status).toBe(200);
    expect((await control(simulator, `/faults/${made.json.id}`, { method: 'DELETE' })).status).toBe(404);
    const bad = await control(simulator, '/faults', {
      method: 'POST',
      body: { api: 'cycle', kind: 'gremlins' },
    });
    expect([bad.status, bad.json.error]).toEqual([422, expect.stringContaining('kind')]);
  });

  it('makes things happen, and says why they can not', async () => {
    const simulator = await startStill();
    const post = (body: object) => control(simulator, '/events', { method: 'POST', body });
    const { instanceId } = simulator.live.world.self;
    expect((await post({ kind: 'instance.fail', id: instanceId, message: 'by hand' })).status).toBe(200);
    expect(simulator.live.world.instances.get(instanceId)).toMatchObject({
      state: 'failed',
      stateError: { message: 'by hand' },
    });
    const again = await post({ kind: 'instance.fail', id: instanceId });
    expect([again.status, again.json.error]).toEqual([422, expect.stringContaining('failed')]);
    expect((await post({ kind: 'instance.fail', id: 'nobody' })).json.error).toContain('id: expected');
    expect((await post({ kind: 'nonsense' })).json.error).toContain('kind: expected');
    expect((await post({ kind: 'limit.set', remaining: 5 })).status).toBe(200);
  });

  it('counts requests by API, method and path, with ids folded', async () => {
    const simulator = await startStill();
    await cycle(simulator, '/v1/hub');
    await platform(simulator, `/v1/jobs/${'a'.repeat(24)}`);
    const { requests } = (await control(simulator, '/state')).json;
    expect(requests.cycle).toEqual({ 'GET /v1/hub': 1 });
    expect(requests.platform).toEqual({ 'GET /v1/jobs/:id': 1 });
    await control(simulator, '/reset-counters', { method: 'POST' });
    expect(simulator.requests().cycle).toEqual({});
  });

  it('tells no credential in its state', async () => {
    const simulator = await startStill();
    expect((await control(simulator, '/state')).text).not.toContain('SECRET-');
  });

  it('turns a manual clock only', async () => {
    const still = await startStill();
    const before = still.live.world.clock.now();
    expect((await control(still, '/advance', { method: 'POST', body: { ms: 5_000 } })).status).toBe(200);
    expect(still.live.world.clock.now()).toBe(before + 5_000);
    const { realClock } = await import('../clock.ts');
    const running = await startStill({ clock: realClock() });
    expect((await control(running, '/advance', { method: 'POST', body: { ms: 1 } })).status).toBe(409);
  });

  it('hands out a token of another rerobots account', async () => {
    const simulator = await startStill();
    const issue = async (body?: object) =>
      (await control(simulator, '/robot-tokens', { method: 'POST', ...(body ? { body } : {}) })).json;
    const { token } = await issue({ user: 'orchard-lab' });
    const subject = (jwt: string) =>
      JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()).sub;
    expect(subject(token)).toBe('orchard-lab');
    expect(subject((await issue()).token)).toBe('cyclorama');
    expect((await issue({ user: '' })).error).toContain('user');
  });

  it('hands out another token of the rerobots account, by hand', async () => {
    const simulator = await startStill();
    simulator.happen({ kind: 'token.revoke' });
    expect((await rerobots(simulator, '/instances')).status).toBe(400);
    simulator.advance(1_000);
    const { token } = (await control(simulator, '/robot-tokens', { method: 'POST' })).json;
    const env = { ...simulator.env, REROBOTS_API_TOKEN: token };
    expect((await rerobots({ ...simulator, env }, '/instances')).status).toBe(200);
  });
});
