import { describe, expect, it } from 'vitest';

import { containerId, cycle, startStill } from '../simulator.fixture.ts';

const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;

describe('the internal API', () => {
  it('wants the token before anything else', async () => {
    const simulator = await startStill();
    const strangers: Record<string, string>[] = [{}, { 'x-cycle-token': 'wrong' }];
    for (const headers of strangers) {
      const answer = await cycle(simulator, '/v1/environment', { headers });
      expect(answer.status).toBe(401);
      expect(answer.json).toMatchObject({ data: null, error: { status: 401, code: '401.auth-invalid' } });
    }
  });

  it('says 404.uri for an unknown path and for the wrong method', async () => {
    const simulator = await startStill();
    expect((await cycle(simulator, '/v1/nowhere')).json.error.code).toBe('404.uri');
    const wrong = await cycle(simulator, '/v1/environment', { method: 'POST', body: {} });
    expect(wrong.json.error.code).toBe('404.uri');
  });

  it('survives callers that send nonsense or hang up', async () => {
    const simulator = await startStill();
    const headers = { 'x-cycle-token': simulator.env.CYCLE_API_TOKEN ?? '' };
    expect((await cycle(simulator, '//[bad?=&%zz', { headers })).json.error.code).toBe('404.uri');
    const promised = { ...headers, 'content-length': '500' };
    const signal = AbortSignal.timeout(50);
    const hungUp = cycle(simulator, '/v1/object-cache', {
      method: 'POST',
      headers: promised,
      raw: '{"a"',
      signal,
    });
    await expect(hungUp).rejects.toThrow(/aborted/);
    expect((await cycle(simulator, '/v1/hub')).status).toBe(200);
  });

  it('shows another environment among the telemetry of its own server, and nothing of other servers', async () => {
    const simulator = await startStill();
    const { data } = (await cycle(simulator, '/v1/server/instances/telemetry')).json;
    const { environment, self } = simulator.live.world;
    const environments = new Set(data.map((row: { environment_id: string }) => row.environment_id));
    expect(environments).toContain(environment.id);
    expect(environments.size).toBe(2);
    expect(new Set(data.map((row: { stats: { server_id: string } }) => row.stats.server_id))).toEqual(
      new Set([self.serverId]),
    );
  });

  it('carries credentials in ordinary reads, as the platform does', async () => {
    const simulator = await startStill();
    const api = containerId(simulator, 'api');
    const paths = [
      '/v1/environment',
      '/v1/environment/containers',
      '/v1/environment/virtual-machines',
      '/v1/environment/scoped-variables',
      `/v1/container?container-id=${api}`,
      `/v1/containers/certificates?container-id=${api}`,
      '/v1/hub/integrations?vendor=vultr',
    ];
    const texts = await Promise.all(paths.map(async (path) => (await cycle(simulator, path)).text));
    expect(paths.filter((_path, place) => !texts[place]?.includes('SECRET-'))).toEqual([]);
  });

  it('answers a VPN login with a bare boolean', async () => {
    const simulator = await startStill();
    const login = (credentials: string) =>
      cycle(simulator, '/v1/vpn/login', {
        method: 'POST',
        headers: {
          'x-cycle-token': simulator.env.CYCLE_API_TOKEN ?? '',
          authorization: basic(credentials),
        },
      });
    for (const name of ['SIM_VPN_USER', 'SIM_OPERATOR', 'SIM_VIEWER'])
      expect((await login(simulator.env[name] ?? '')).json).toEqual({ data: true });
    const refused = await login('ada:wrong');
    expect([refused.status, refused.json]).toEqual([403, { data: false }]);
    expect((await login('nobody:')).status).toBe(403);
  });

  it('drops a scoped variable once its duration after the start is over', async () => {
    const simulator = await startStill();
    const names = async () =>
      Object.keys((await cycle(simulator, '/v1/environment/scoped-variables')).json.data);
    expect(await names()).toContain('BOOTSTRAP_TOKEN');
    simulator.advance(120_000);
    expect(await names()).not.toContain('BOOTSTRAP_TOKEN');
    expect(await names()).toContain('DB_URL');
  });

  it('keeps a cached object for its lifetime', async () => {
    const simulator = await startStill();
    const item = { scope: 'container', expires: '1m30s', key: 'leader', value: 'one' };
    const save = (body: unknown) => cycle(simulator, '/v1/object-cache', { method: 'POST', body });
    const read = () => cycle(simulator, '/v1/object-cache?scope=container&key=leader');
    expect((await save(item)).json).toEqual({ data: null });
    expect((await read()).json).toEqual({ data: item });
    simulator.advance(90_000);
    expect((await read()).json.error.code).toBe('404.uri');
    const bad = await save({ ...item, expires: 'soon' });
    expect(bad.json.error).toMatchObject({ code: '422.invalid-input', source: 'expires' });
  });

  it('refuses an object of an unknown scope, saved or read', async () => {
    const simulator = await startStill();
    const item = { scope: 'server', expires: '1m', key: 'leader', value: 'one' };
    const saved = await cycle(simulator, '/v1/object-cache', { method: 'POST', body: item });
    expect(saved.json.error).toMatchObject({ status: 422, source: 'scope' });
    const read = await cycle(simulator, '/v1/object-cache?scope=server&key=leader');
    expect(read.json.error).toMatchObject({ code: '422.invalid-argument', source: 'scope' });
  });

  it('links a record to one target: a container, a deployment of it, or a virtual machine', async () => {
    const simulator = await startStill();
    const { world } = simulator.live;
    const id = containerId(simulator, 'api');
    const linkedOf = async (path: string) =>
      (await cycle(simulator, path)).json.data.map(
        ({ record }: { record: { type: { linked?: object } } }) => record.type.linked ?? record.type,
      );
    const features = expect.objectContaining({ tls: { enable: true } });
    const routing = { http: null };
    expect(await linkedOf(`/v1/containers/domains?container-id=${id}`)).toEqual([
      { container_id: id, features, routing },
      {
        deployment: { environment_id: world.environment.id, match: { container: 'api', tag: 'canary' } },
        features,
        routing,
      },
    ]);
    const machines = [...world.virtualMachines.keys()];
    const linked = await Promise.all(
      machines.map((machine) => linkedOf(`/v1/virtual-machine/domains?virtual-machine-id=${machine}`)),
    );
    const own = linked.findIndex(([record]) => record.virtual_machine);
    expect(linked[own]?.[0]).toMatchObject({ virtual_machine: { id: machines[own], dmz: false } });
    expect(linked[own]?.[0]).not.toHaveProperty('container_id');
  });

  it('is strict where the platform is: whole metric values, known enums, JSON', async () => {
    const simulator = await startStill();
    const post = (path: string, call: object) => cycle(simulator, path, { method: 'POST', ...call });
    const metric = (values: number[]) => [
      { metric: 'queue.depth', type: 'gauge', points: [{ time: '2026-01-01T00:00:00Z', values }] },
    ];
    expect((await post('/v1/monitoring/metrics', { body: metric([3]) })).status).toBe(200);
    const fraction = await post('/v1/monitoring/metrics', { body: metric([1.5]) });
    expect(fraction.json.error).toMatchObject({ status: 422, source: '0/points/0/values/0' });
    const event = [{ event: 'x', type: 'shout', priority: 'high' }];
    expect((await post('/v1/monitoring/events', { body: event })).status).toBe(422);
    expect((await post('/v1/object-cache', { raw: '{"scope":' })).json.error.code).toBe('400.invalid-syntax');
  });

  it('shows a service without instances as null, and leaves a disabled one out', async () => {
    const simulator = await startStill({ scenario: 'degraded' });
    const { data } = (await cycle(simulator, '/v1/environment/services')).json;
    expect(data.vpn.instances).toBeNull();
    expect(data).not.toHaveProperty('gateway');
    expect(data.loadbalancer.instances.length).toBeGreaterThan(0);
  });
});
