import { afterEach, describe, expect, it } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

let robots: TestRerobots;
afterEach(() => robots.stop());

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

describe('wire', () => {
  it('writes the header set of the server in its order, without Connection or Keep-Alive', async () => {
    robots = await startRerobots();
    const { rawHeaders, text } = await robots.get('/');
    expect(rawHeaders.filter((_value, index) => index % 2 === 0)).toEqual([
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Reset',
      'Server',
      'Content-Type',
      'Access-Control-Allow-Credentials',
      'Access-Control-Allow-Methods',
      'Access-Control-Allow-Origin',
      'Content-Length',
      'Date',
    ]);
    expect(text).toHaveLength(482);
    expect(text.startsWith('{"workspace_types": "https://api.rerobots.net/workspaces", ')).toBe(true);
  });

  it('answers OPTIONS, wrong methods and unknown routes as the server does', async () => {
    robots = await startRerobots();
    const preflight = await robots.call('OPTIONS', '/instances', { origin: 'http://localhost:3000' });
    expect(preflight.headers).toMatchObject({
      'access-control-allow-headers': 'Authorization,Content-Type',
      'access-control-allow-origin': 'http://localhost:3000',
      server: 'Python/3.11 aiohttp/3.8.4',
    });
    expect(preflight.headers).not.toHaveProperty('x-ratelimit-limit');
    expect((await robots.get('/', { origin: 'https://evil.example' })).headers).toMatchObject({
      'access-control-allow-origin': '*',
    });
    const post = await robots.post('/');
    expect([post.status, post.text, post.headers['allow']]).toEqual([405, '405: Method Not Allowed', 'GET']);
    for (const [method, path] of [
      ['GET', '/nosuch'],
      ['PUT', '/instances'],
      ['GET', '/instances/'],
      ['GET', '/instance/not-a-uuid'],
      ['POST', '/new/bad-type'],
      ['POST', '/revoke/abc'],
      ['GET', '//'],
    ] as const) {
      const answer = await robots.call(method, path);
      expect([path, answer.status, answer.text]).toEqual([
        path,
        400,
        '{"error_message": "unrecognized command"}',
      ]);
    }
  });

  it('breaks on malformed JSON and on bodies that hold no keys', async () => {
    robots = await startRerobots();
    const deployment = await robots.freeDeployment();
    for (const raw of ['{bad', '5', 'null']) {
      const answer = await robots.call('POST', `/new/${deployment}`, { raw });
      expect([answer.status, answer.text]).toEqual([
        500,
        '500 Internal Server Error\n\nServer got itself in trouble',
      ]);
      expect(answer.headers).toMatchObject({
        connection: 'close',
        'content-type': 'text/plain; charset=utf-8',
      });
    }
    expect((await robots.call('POST', `/new/${deployment}`, { raw: '[]' })).json.success).toBe(true);
  });
});

describe('lists', () => {
  it('filters by types, negation, text and length, and lets types win over the path', async () => {
    robots = await startRerobots({ scenario: 'queue-full' });
    const types = async (query: string) => {
      const { json } = await robots.get(`/deployments${query}${query.includes('?') ? '&' : '?'}info`);
      return [...new Set(json.workspace_deployments.map((id) => json.info[id]?.type))];
    };
    expect(await types('/null?types=fixed_misty2')).toEqual(['fixed_misty2']);
    expect(await types('?types=!null,!basic_kobuki')).toEqual([
      'fixed_brunelhand',
      'fixed_crazyflie',
      'fixed_misty2',
    ]);
    expect(await types('?q=MISTY')).toEqual(['fixed_misty2']);
    expect(await types('?q=%25')).toEqual([]);
    expect(await types('?maxlen=-1')).toEqual([]);
    expect(await types('?maxlen=abc')).toHaveLength(5);
    expect(await types('?maxlen=u')).toHaveLength(5);
    expect((await types('?sort_by=dec_wtype'))[0]).toBe('null');
  });

  it('takes a length of u for no limit, which is the default, as documented too', async () => {
    robots = await startRerobots({ scenario: 'queue-full', profile: 'documented' });
    const found = async (query: string) =>
      (await robots.get(`/deployments${query}`)).json.workspace_deployments;
    expect(await found('?maxlen=0')).toEqual([]);
    expect(await found('?maxlen=u')).toEqual(await found(''));
    expect(await found('?maxlen=u')).not.toEqual([]);
  });

  it('clamps pages, covers all matches in info, and counts 0 pages of nothing only where observed', async () => {
    robots = await startRerobots();
    const all = (await robots.get('/deployments')).json.workspace_deployments;
    const past = (await robots.get('/deployments?max_per_page=4&page=99&info=t')).json;
    expect(past.workspace_deployments).toEqual(all.slice(8));
    expect(past.page_count).toBe(3);
    expect(Object.keys(past.info)).toHaveLength(all.length);
    expect((await robots.get('/deployments?info=f')).json).not.toHaveProperty('info');
    expect((await robots.get('/deployments?q=none&max_per_page=4')).json.page_count).toBe(0);
    expect((await robots.get('/instances?max_per_page=4')).json.page_count).toBe(1);
    await robots.stop();
    robots = await startRerobots({ profile: 'documented' });
    expect((await robots.get('/deployments?q=none&max_per_page=4')).json.page_count).toBe(1);
  });

  it('keeps a catalogue of types as documented, and derives them where observed', async () => {
    robots = await startRerobots({ scenario: 'empty' });
    expect((await robots.get('/workspaces')).text).toBe('{"workspace_types": []}');
    await robots.stop();
    robots = await startRerobots({ scenario: 'empty', profile: 'documented' });
    expect((await robots.get('/workspaces')).json.workspace_types).toContain('fixed_misty2');
  });
});

describe('one deployment', () => {
  it('shows its keys in order, and more to its owner and to a superuser', async () => {
    robots = await startRerobots();
    const keys = [
      'id',
      'type',
      'type_version',
      'supported_addons',
      'desc',
      'region',
      'icounter',
      'created',
      'queuelen',
    ];
    const own = await robots.get(`/deployment/${await robots.freeDeployment('user_provided')}`);
    expect(Object.keys(own.json)).toEqual([...keys, 'online', 'addons_config']);
    const token = await robots.issueToken({ user: 'root', claims: { su: true } });
    const path = `/deployment/${await robots.freeDeployment()}`;
    expect(Object.keys((await robots.get(path, { token })).json)).toEqual([...keys, 'heartbeat', 'online']);
    expect((await robots.get(path)).json.created).toMatch(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
  });

  it('says 404 to an unknown id; its queue is empty where observed and unknown as documented', async () => {
    robots = await startRerobots();
    const missing = await robots.get(`/deployment/${UNKNOWN_ID}`);
    expect([missing.status, missing.headers['content-type'], missing.json]).toEqual([
      404,
      'application/json',
      { error_message: 'no workspace deployment found with given ID' },
    ]);
    expect((await robots.get('/queuelen/garbage')).text).toBe('{"id": "garbage", "len": 0}');
    await robots.stop();
    robots = await startRerobots({ profile: 'documented' });
    expect((await robots.get(`/queuelen/${UNKNOWN_ID}`)).status).toBe(404);
  });

  it('shows lockout, dissolution, silence and a missing heartbeat in the degraded scenario', async () => {
    robots = await startRerobots({ scenario: 'degraded' });
    const { json } = await robots.get('/deployments?with_dissolved');
    const views = await Promise.all(
      json.workspace_deployments.map(async (id) => [id, await robots.get(`/deployment/${id}`)] as const),
    );
    expect(views.filter(([, view]) => view.status === 500)).toHaveLength(1);
    expect(views.filter(([, view]) => view.json.online === false).length).toBeGreaterThanOrEqual(3);
    const refusalOf = async (key: string) => {
      const [id] = views.find(([, view]) => key in view.json) ?? [];
      const { status, json } = await robots.post(`/new/${id}`);
      return [status, json.error];
    };
    expect(await refusalOf('lockout')).toEqual([
      400,
      'workspace deployment is locked out (unavailable), please contact us ',
    ]);
    expect(await refusalOf('dissolved')).toEqual([400, 'workspace deployment is permanently unavailable']);
  });
});
