import { catalogue } from '@cyclorama/shared/catalogue.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { errorOf, startTestServer } from '../../testing/server.fixture.ts';

const ROBOT = '82051afa-b331-4b82-8bd4-9eea9ad78241';
let server: TestServer;
let ada: Browser;
let oscar: Browser;
let vera: Browser;

beforeAll(async () => {
  server = await startTestServer({ proxyDeadlineMs: 1_000 });
  [ada, oscar, vera] = [
    await server.signIn('ada'),
    await server.signIn('oscar'),
    await server.signIn('vera'),
  ];
});
afterAll(() => server.close());

const sentTo = (api: 'cycle' | 'scheduler' | 'rerobots', path: string): number =>
  Object.entries(server.simulator.requests()[api])
    .filter(([address]) => address.includes(path))
    .reduce((sum, [, count]) => sum + count, 0);

describe('a read through the proxy', () => {
  it('gives what the upstream says, with the server’s own credentials', async () => {
    const answer = await vera.get('/api/proxy/cycle/v1/hub');
    expect([answer.status, answer.headers.get('x-upstream-status')]).toEqual([200, '200']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toMatchObject({ data: { name: expect.any(String) } });
    const large = await vera.get('/api/proxy/cycle/v1/environment/instances');
    expect(large.headers.get('content-encoding')).toBe('gzip');
  });

  it('reaches all four upstreams', async () => {
    const container = server.simulator.env['SIM_FUNCTION_CONTAINER'] ?? '';
    const active = await vera.get(`/api/proxy/scheduler/v1/functions/${container}/active`);
    expect(await active.json()).toEqual({ data: expect.any(Object) });
    const deployments = await vera.get('/api/proxy/rerobots/deployments?max_per_page=2&page=1');
    expect(await deployments.json()).toMatchObject({
      workspace_deployments: [expect.any(String), expect.any(String)],
    });
    expect(deployments.headers.get('x-ratelimit-limit')).toBe('3600');
    const jobs = await vera.get('/api/proxy/platform/v1/jobs?page[size]=1');
    const { data } = (await jobs.json()) as { data: { tasks: { input: unknown }[] }[] };
    expect(data.map((job) => job.tasks[0]?.input)).toEqual(['(withheld)']);
  });

  it('never lets a secret out, whatever is read', async () => {
    const vendor = (server.simulator.env['SIM_HUB_INTEGRATION'] ?? '').replace(/^vendor=/, '');
    const reads = [
      '/v1/environment',
      '/v1/environment/containers',
      '/v1/environment/instances',
      '/v1/environment/services',
      '/v1/environment/virtual-machines',
      '/v1/environment/scoped-variables',
      `/v1/hub/integrations?vendor=${vendor}`,
      '/v1/server/containers',
      '/v1/container',
      '/v1/containers/certificates',
      '/v1/sdn/networks/environments',
    ];
    let withheld = 0;
    for (const path of reads) {
      const answer = await ada.get(`/api/proxy/cycle${path}`);
      const text = await answer.text();
      expect([path, answer.status]).toEqual([path, 200]);
      expect(text).not.toContain('SECRET-');
      withheld += text.split('(withheld)').length - 1;
    }
    expect(withheld).toBeGreaterThan(10);
  });

  it('leaves nothing out that the references name, and says so where it does', async () => {
    const reads = catalogue.filter(
      ({ method, path, proxied }) => proxied && method === 'GET' && !path.includes('{'),
    );
    expect(reads.length).toBeGreaterThan(30);
    for (const { upstream, path } of reads) {
      const answer = await ada.get(`/api/proxy/${upstream}${path}`);
      expect([path, answer.headers.get('x-fields-left-out')]).toEqual([path, null]);
    }
    const body = JSON.stringify({
      data: { name: 'hub', colour: 'red', 'a=b': 'x', nested: { colour: 'blue' } },
    });
    const undo = server.simulator.fail({
      api: 'cycle',
      kind: 'wrong-json',
      match: { pathPrefix: '/v1/hub' },
      body,
    });
    const answer = await ada.get('/api/proxy/cycle/v1/hub');
    undo();
    expect(await answer.json()).toEqual({ data: { name: 'hub' } });
    expect(answer.headers.get('x-fields-left-out')).toBe('3: colour, nested');
  });

  it('passes an upstream’s own refusal on as it is', async () => {
    const answer = await vera.get('/api/proxy/cycle/v1/container?container-id=651586fca6078e98982d0999');
    expect([answer.status, answer.headers.get('x-upstream-status')]).toEqual([404, '404']);
    expect(await answer.json()).toMatchObject({ data: null, error: { code: '404.container' } });
  });
});

describe('what the proxy refuses without asking the upstream', () => {
  it.each([
    ['an operation it does not know', '/api/proxy/cycle/v1/secrets', 404],
    ['an upstream it does not know', '/api/proxy/billing/v1/jobs', 404],
    ['a path that climbs', '/api/proxy/cycle/v1/environment/..%2fhub', 404],
    ['an encoded path', '/api/proxy/cycle/v1/%68ub', 404],
    ['a doubled slash', '/api/proxy/cycle//v1/hub', 404],
    ['a query it does not know', '/api/proxy/cycle/v1/hub?token=x', 400],
    ['a query with a value that is no id', '/api/proxy/cycle/v1/container?container-id=a%0Ab', 400],
    ['an order that is none', '/api/proxy/rerobots/deployments?sort_by=1;x', 400],
    ['a query that is given twice', '/api/proxy/rerobots/deployments?page=1&page=2', 400],
  ])('%s', async (_what, path, status) => {
    const before = sentTo('cycle', '/v1/hub');
    expect((await ada.get(path)).status).toBe(status);
    expect(sentTo('cycle', '/v1/hub')).toBe(before);
  });

  it('a password to test, a claim to make and a robot to book, even for an admin', async () => {
    for (const path of [
      '/cycle/v1/vpn/login',
      '/cycle/v1/conductor/tasks',
      '/scheduler/v1/functions/651586fca6078e98982d0102/claim',
      '/rerobots/new',
    ]) {
      const answer = await ada.post(`/api/proxy${path}`);
      const error = await errorOf(answer);
      expect([answer.status, error.code]).toEqual([403, 'forbidden']);
      expect(error.message).toContain('Not proxied');
    }
    expect(sentTo('scheduler', '/claim')).toBe(0);
  });

  it('a change without the CSRF token, with a body that is no JSON, or by too small a role', async () => {
    const path = '/api/proxy/cycle/v1/monitoring/events';
    expect((await ada.post(path, { body: [], headers: { 'x-csrf-token': 'x' } })).status).toBe(403);
    const headers = {
      cookie: vera.cookie,
      'x-csrf-token': vera.csrfToken,
      'content-type': 'application/json',
    };
    const broken = await fetch(server.url + path, { method: 'POST', headers, body: '{' });
    expect([broken.status, (await errorOf(broken)).field]).toEqual([400, 'body']);
    const viewer = await vera.post(path, { body: [] });
    expect([viewer.status, (await errorOf(viewer)).code]).toEqual([403, 'forbidden']);
    expect(sentTo('cycle', '/v1/monitoring/events')).toBe(0);
  });

  it('a body that is too large', async () => {
    const answer = await oscar.post('/api/proxy/cycle/v1/monitoring/events', {
      body: ['x'.repeat(5_000_000)],
    });
    expect([answer.status, (await errorOf(answer)).message]).toEqual([
      413,
      expect.stringContaining('256 kB'),
    ]);
    expect(sentTo('cycle', '/v1/monitoring/events')).toBe(0);
  });

  it('powering off by anyone but an admin', async () => {
    const answer = await oscar.post('/api/proxy/cycle/v1/server/power/poweroff');
    expect(answer.status).toBe(403);
    expect((await errorOf(answer)).message).toContain('admin');
    expect(sentTo('cycle', '/power/')).toBe(0);
  });

  it('a firewall rule without src, which would open the door to the server itself', async () => {
    for (const body of [{}, { src: '' }, { src: '::1' }, undefined]) {
      const answer = await ada.post(
        `/api/proxy/rerobots/firewall/${ROBOT}`,
        body === undefined ? {} : { body },
      );
      expect([answer.status, (await errorOf(answer)).field]).toEqual([400, 'body.src']);
    }
    expect(sentTo('rerobots', '/firewall')).toBe(0);
  });

  it('touching a robot another person booked', async () => {
    const row = {
      id: 'b1',
      owner: 'somebody',
      type: 't',
      state: 'ready',
      upstream_id: ROBOT,
      reserve: 0,
      vpn: 0,
    } as const;
    await server.store.db
      .insertInto('bookings')
      .values({ ...row, requested_at: 1, termination_requested: 0 })
      .execute();
    const rule = { body: { src: '198.51.100.7' } };
    const stranger = await oscar.post(`/api/proxy/rerobots/firewall/${ROBOT}`, rule);
    expect([stranger.status, (await errorOf(stranger)).code]).toEqual([403, 'forbidden']);
    await server.store.db.updateTable('bookings').set({ owner: 'oscar' }).where('id', '=', 'b1').execute();
    const owner = await oscar.post(`/api/proxy/rerobots/firewall/${ROBOT}`, rule);
    expect([owner.status, owner.headers.get('x-upstream-status')]).toEqual([404, '404']);
  });
});

describe('what the dashboard must know of at once', () => {
  it.each(['/revoke/' + '0'.repeat(64), '/purge'])('is refused with the route for it: %s', async (path) => {
    const answer = await ada.post('/api/proxy/rerobots' + path, { body: { confirm: 'revoke every token' } });
    const { code, message } = await errorOf(answer);
    expect([answer.status, code]).toEqual([403, 'forbidden']);
    expect(message).toMatch(/use \/api\/robots\/account\/(revoke|purge)\.$/);
    const { entries } = await server.activity.page({ limit: 1, action: 'proxy.rerobots.purge' });
    expect(entries).toEqual([]);
  });
});

describe('a change through the proxy', () => {
  it('is sent once with its body, and put on record with how it ended', async () => {
    const event = { event: 'deploy.done', type: 'info', priority: 'normal' };
    const answer = await oscar.post('/api/proxy/cycle/v1/monitoring/events', { body: [event] });
    expect([answer.status, await answer.json()]).toEqual([200, { data: true }]);
    expect(sentTo('cycle', '/v1/monitoring/events')).toBe(1);
    const { entries } = await server.activity.page({ limit: 1, action: 'proxy' });
    expect(entries[0]).toMatchObject({
      actor: 'oscar',
      action: 'proxy.cycle.monitoring.events',
      outcome: 'done',
      detail: 'Answered 200. Given: 1 × event, type, priority.',
      subject: { kind: 'cycle', name: 'POST /v1/monitoring/events' },
    });
  });

  it('is on record as refused where the upstream says no', async () => {
    const answer = await ada.post(`/api/proxy/rerobots/deployment/${ROBOT}/lockout`);
    expect(answer.status).toBe(404);
    const { entries } = await server.activity.page({ limit: 1, action: 'proxy' });
    expect(entries[0]).toMatchObject({ outcome: 'refused', detail: 'Answered 404.' });
  });

  it('is on record as perhaps carried out where the answer never came', async () => {
    const undo = server.simulator.fail({ api: 'cycle', kind: 'delay', ms: 3_000, match: { method: 'POST' } });
    const answer = await oscar.post('/api/proxy/cycle/v1/monitoring/events', { body: [] });
    undo();
    expect([answer.status, (await errorOf(answer)).code]).toEqual([504, 'upstream-timeout']);
    const { entries } = await server.activity.page({ limit: 1, action: 'proxy' });
    expect(entries[0]).toMatchObject({
      outcome: 'failed',
      detail: expect.stringContaining('may have been carried out'),
    });
  });
});

describe('an upstream that fails', () => {
  it.each([
    ['refuse', 502, 'upstream-unavailable'],
    ['cut', 502, 'upstream-unavailable'],
    ['wrong-json', 502, 'upstream-invalid'],
    ['throttle', 429, 'upstream-rate-limited'],
    ['revoke-token', 502, 'upstream-refused'],
  ] as const)('%s is answered with %i %s', async (kind, status, code) => {
    const undo = server.simulator.fail({ api: 'cycle', kind, match: { pathPrefix: '/v1/hub' } });
    const answer = await vera.get('/api/proxy/cycle/v1/hub');
    undo();
    expect(answer.status).toBe(status);
    expect(await errorOf(answer)).toMatchObject({
      code,
      upstream: 'cycle',
      message: expect.stringContaining('Cycle'),
    });
    expect((await vera.get('/api/proxy/cycle/v1/hub')).status).toBe(200);
  });

  it('too slowly is answered with 504', async () => {
    const undo = server.simulator.fail({
      api: 'cycle',
      kind: 'delay',
      ms: 3_000,
      match: { pathPrefix: '/v1/hub' },
    });
    const answer = await vera.get('/api/proxy/cycle/v1/hub');
    undo();
    expect([answer.status, (await errorOf(answer)).code]).toEqual([504, 'upstream-timeout']);
  });

  it('is left alone for reads once rerobots says no calls are left', async () => {
    const undo = server.simulator.fail({ api: 'rerobots', kind: 'throttle' });
    const first = await vera.get('/api/proxy/rerobots/workspaces');
    undo();
    expect([first.status, (await errorOf(first)).code]).toEqual([429, 'upstream-rate-limited']);
    const before = sentTo('rerobots', '/workspaces');
    const second = await vera.get('/api/proxy/rerobots/workspaces');
    const error = await errorOf(second);
    expect([second.status, error.code]).toEqual([429, 'upstream-rate-limited']);
    expect(error.retryAfterSeconds).toBeGreaterThan(0);
    expect(sentTo('rerobots', '/workspaces')).toBe(before);
  });
});
