import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { TestServer } from '../../testing/server.fixture.ts';

const TOKEN = 'm'.repeat(40);
const PROMTOOL = '/usr/bin/promtool';
const WAIT = { timeout: 15_000, interval: 100 };
const CPU =
  /^cyclorama_instance_cpu_cores\{environment="[^"]+",container="[^"]+",instance="(\w+)",server="\w+"\} (\S+)$/gm;

let server: TestServer;
const start = async (env: Record<string, string> = {}, clock?: { now(): number }) => {
  server = await startTestServer({ env: { METRICS_TOKEN: TOKEN, ...env }, ...(clock && { clock }) });
  return server;
};
afterEach(() => server.close());

const ask = (token = TOKEN, headers = {}) =>
  fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}`, ...headers } });
const read = async (): Promise<string> => (await ask()).text();
/** Once there are some. */
const withInstances = (): Promise<string> =>
  vi.waitFor(async () => {
    const text = await read();
    expect(text).toMatch(/^cyclorama_instance_memory_bytes\{/m);
    return text;
  }, WAIT);
const valueOf = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length));
};

describe('/metrics', () => {
  it('is not there without a token to open it', async () => {
    await start({ METRICS_TOKEN: '' });
    const answer = await ask();
    expect(answer.status).toBe(404);
    expect((await errorOf(answer)).hint).toBe('Set METRICS_TOKEN.');
  });

  it('is opened by its token alone, and refusals are limited while it goes on', async () => {
    await start();
    const ada = await server.signIn('ada');
    expect((await ada.get('/metrics')).status).toBe(401);
    for (let tried = 0; tried < 20; tried += 1) expect((await ask(`${TOKEN}x`)).status).toBe(401);
    expect((await ask('n'.repeat(40))).status).toBe(429);
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is read by plain http though the public address is https', async () => {
    await start({ PUBLIC_URL: 'https://dashboard.example', TRUST_PROXY: '1' });
    expect((await ask(TOKEN, { 'x-forwarded-proto': 'http' })).status).toBe(200);
  });

  it('counts requests by route, never by address, and streams as what is open', async () => {
    await start();
    const vera = await server.signIn('vera');
    await vera.get('/api/instances/one');
    await vera.get('/api/instances/two');
    await vera.get('/api/proxy/cycle/v1/hub');
    await vera.get('/api/no/such');
    await vera.get('/');
    const stream = await vera.get('/api/events');
    let text = '';
    const asked = (route: string, status: number) =>
      valueOf(text, `cyclorama_http_requests_total{method="GET",route="${route}",status="${status}"}`);
    const timed = (route: string) =>
      valueOf(text, `cyclorama_http_request_duration_seconds_count{method="GET",route="${route}"}`);
    await vi.waitFor(async () => {
      text = await read();
      expect(timed('page') ?? timed('unknown')).toBeGreaterThan(0);
      expect(asked('unknown', 404)).toBeGreaterThan(0);
    });
    expect(asked('/api/instances/:id', 404)).toBe(2);
    expect(timed('/api/instances/:id')).toBe(2);
    expect(asked('/api/proxy/cycle/*', 200)).toBe(1);
    expect(valueOf(text, 'cyclorama_event_streams')).toBe(1);
    expect(valueOf(text, 'cyclorama_event_stream_people')).toBe(1);
    expect(text).not.toMatch(/events|no.such|instances\/one/);
    await stream.body?.cancel();
  });

  it('tells how the upstreams, the store and the collectors do', async () => {
    await start();
    await vi.waitFor(async () => {
      const known = await read();
      expect(valueOf(known, 'cyclorama_upstream_up{upstream="cycle"}')).toBe(1);
      expect(known).toMatch(/cyclorama_server_instances\{server="\w+",hostname="[^"]*"\} [1-9]/);
    }, WAIT);
    server.simulator.fail({ api: 'cycle', kind: 'refuse' });
    await vi.waitFor(async () => {
      const text = await read();
      expect(valueOf(text, 'cyclorama_upstream_up{upstream="cycle"}')).toBe(0);
      expect(text).toMatch(/call_duration_seconds_count\{upstream="cycle",outcome="(?!ok)[a-z-]+"\} [1-9]/);
    }, WAIT);
    const text = await read();
    expect(valueOf(text, 'cyclorama_store_up')).toBe(1);
    expect(valueOf(text, 'cyclorama_store_size_bytes')).toBeGreaterThan(4096);
    expect(valueOf(text, 'cyclorama_leader')).toBe(1);
    expect(text).toMatch(/cyclorama_build_info\{version="0\.0\.0",node="24\.[\d.]+",store="sqlite"\} 1/);
    expect(text).toMatch(/cyclorama_server_instances\{server="\w+",hostname="[^"]*"\} [1-9]/);
    expect(text).toMatch(/cyclorama_upstream_budget_remaining_calls\{upstream="rerobots"\} \d/);
  });

  it.skipIf(!existsSync(PROMTOOL))('is as Prometheus wants it, with instances too', async () => {
    await start({ METRICS_INSTANCES: 'on' });
    const text = await withInstances();
    expect(execFileSync(PROMTOOL, ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe('');
  });

  it('tells of instances what is current, in base units, and nothing that is stale', async () => {
    let ahead = 0;
    await start({ METRICS_INSTANCES: 'on' }, { now: () => Date.now() + ahead });
    const vera = await server.signIn('vera');
    let [text, latest]: [string, Record<string, number>] = ['', {}];
    await vi.waitFor(async () => {
      text = await withInstances();
      const answer = await vera.get('/api/telemetry/latest?measure=cpu');
      latest = ((await answer.json()) as { values: Record<string, number> }).values;
      const told = [...text.matchAll(CPU)].map(([, id = '', value]) => [id, Number(value)]);
      expect(told).not.toEqual([]);
      expect(Object.fromEntries(told)).toEqual(
        Object.fromEntries(Object.entries(latest).map(([id, value]) => [id, value * 0.01])),
      );
    }, WAIT);
    server.simulator.fail({ api: 'cycle', kind: 'refuse' });
    ahead = 120_000;
    await vi.waitFor(async () => expect(await read()).not.toMatch(/^cyclorama_instance_\w+\{/m), WAIT);
  });
});
