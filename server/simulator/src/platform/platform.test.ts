import { describe, expect, it } from 'vitest';

import type { Simulator } from '../index.ts';
import { containerId, platform, startStill } from '../simulator.fixture.ts';
import type { Json } from '../simulator.fixture.ts';

const form = (simulator: Simulator, fields: Record<string, string>) =>
  platform(simulator, '/auth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    raw: new URLSearchParams(fields).toString(),
  });

const as = (simulator: Simulator, bearer: string) => ({
  headers: { authorization: `Bearer ${bearer}`, 'x-hub-id': simulator.env.CYCLE_HUB_ID ?? '' },
});

describe('signing in', () => {
  it('trades the API key for a token of two hours, and its refresh token once for another', async () => {
    const simulator = await startStill({ scenario: 'empty' });
    const first = await form(simulator, {
      grant_type: 'api_key',
      secret: simulator.env.CYCLE_PLATFORM_API_KEY ?? '',
    });
    expect(first.json).toMatchObject({ token_type: 'bearer', expires_in: 7_200 });
    const use = (token: string) => platform(simulator, '/v1/jobs', as(simulator, token));
    expect((await use(first.json.access_token)).status).toBe(200);
    simulator.advance(7_200_000);
    expect((await use(first.json.access_token)).json.error.code).toBe('401.auth-invalid');
    const refresh = { grant_type: 'refresh_token', refresh_token: first.json.refresh_token };
    const second = await form(simulator, refresh);
    expect((await use(second.json.access_token)).status).toBe(200);
    expect((await form(simulator, refresh)).json).toMatchObject({ error: 'invalid_grant' });
  });

  it('refuses in the OAuth shape', async () => {
    const simulator = await startStill();
    const wrong = await form(simulator, { grant_type: 'api_key', secret: 'wrong' });
    expect([wrong.status, wrong.json.error]).toEqual([401, 'invalid_client']);
    const odd = await form(simulator, { grant_type: 'password' });
    expect([odd.status, odd.json.error]).toEqual([400, 'unsupported_grant_type']);
  });

  it('wants the hub beside the key', async () => {
    const simulator = await startStill();
    const authorization = `Bearer ${simulator.env.CYCLE_PLATFORM_API_KEY}`;
    const without = await platform(simulator, '/v1/jobs', { headers: { authorization } });
    expect(without.json.error.code).toBe('422.missing-argument');
    const other = { authorization, 'x-hub-id': 'f'.repeat(24) };
    expect((await platform(simulator, '/v1/jobs', { headers: other })).json.error.code).toBe('403.wrong-hub');
  });

  it('takes the hub under its old name, X-Team-Id', async () => {
    const simulator = await startStill();
    const authorization = `Bearer ${simulator.env.CYCLE_PLATFORM_API_KEY}`;
    const answerTo = async (team: string) =>
      (await platform(simulator, '/v1/jobs', { headers: { authorization, 'x-team-id': team } })).json;
    expect((await answerTo(simulator.env.CYCLE_HUB_ID ?? '')).data.length).toBeGreaterThan(0);
    expect((await answerTo('f'.repeat(24))).error.code).toBe('403.wrong-hub');
  });
});

describe('jobs', () => {
  it('are made by what happens to containers and run to their end, step by step', async () => {
    const simulator = await startStill({ scenario: 'queue-full' });
    simulator.happen({ kind: 'container.stop', id: containerId(simulator, 'redis') });
    const [job] = (await platform(simulator, '/v1/jobs/latest')).json.data;
    expect(job).toMatchObject({ caption: 'Stop container Redis', state: { current: 'new' } });
    const states = new Set<string>();
    for (let second = 0; second < 30; second++) {
      simulator.advance(500);
      states.add((await platform(simulator, `/v1/jobs/${job.id}`)).json.data.state.current);
    }
    expect([...states]).toEqual(['new', 'queued', 'running', 'completed'].filter((each) => states.has(each)));
    expect(states).toContain('completed');
    const { tasks, events } = (await platform(simulator, `/v1/jobs/${job.id}`)).json.data;
    expect(events.completed).not.toBe('0001-01-01T00:00:00Z');
    expect(tasks[0].steps.every((step: { completed: string }) => !step.completed.startsWith('0001'))).toBe(
      true,
    );
  });

  it('end in error with a message when their work fails', async () => {
    const simulator = await startStill({ scenario: 'queue-full' });
    simulator.happen({
      kind: 'container.reconfigure',
      id: containerId(simulator, 'redis'),
      message: 'port in use',
    });
    const [job] = (await platform(simulator, '/v1/jobs/latest')).json.data;
    simulator.advance(30_000);
    expect((await platform(simulator, `/v1/jobs/${job.id}`)).json.data.state).toMatchObject({
      current: 'error',
      error: { message: 'port in use' },
    });
  });

  it('are filtered, sorted and paged', async () => {
    const simulator = await startStill();
    const list = async (query: string) => (await platform(simulator, `/v1/jobs?${query}`)).json.data;
    const ended = await list('filter[state]=completed,error&sort=events.queued');
    expect(ended.map((job: { state: { current: string } }) => job.state.current)).toEqual([
      'completed',
      'error',
      'completed',
    ]);
    expect(await list('page[size]=1&page[number]=2&sort=events.queued')).toEqual([ended[1]]);
    expect(await list('filter[search]=volume')).toEqual([ended[1]]);
    expect((await platform(simulator, '/v1/jobs?sort=colour')).json.error.source).toBe('sort');
    expect((await platform(simulator, '/v1/jobs?page[size]=0')).json.error.source).toBe('page[size]');
    expect((await platform(simulator, `/v1/jobs/${'f'.repeat(24)}`)).json.error.code).toBe('404.job');
  });

  it('come with the environments of the hub', async () => {
    const simulator = await startStill();
    const { data } = (await platform(simulator, '/v1/environments')).json;
    expect(data.map((each: { identifier: string }) => each.identifier)).toEqual([
      'orchard-production',
      'field-fleet',
    ]);
  });
});

describe('scoped variables', () => {
  const ask = (simulator: Simulator) =>
    platform(simulator, `/v1/environments/${simulator.live.world.environment.id}/scoped-variables`);

  it('come with what may read them and for how long', async () => {
    const { data } = (await ask(await startStill())).json;
    const durations = data.map((each: Json) => [each.identifier, each.access.internal_api.duration]);
    expect(durations).toContainEqual(['BOOTSTRAP_TOKEN', '120s']);
    expect(durations).toContainEqual(['DB_URL', null]);
    expect(Object.keys(data[0]).toSorted()).toEqual([
      'access',
      'creator',
      'environment_id',
      'events',
      'hub_id',
      'id',
      'identifier',
      'scope',
      'source',
      'state',
    ]);
  });

  it('are refused to a key without the capability, which the error names', async () => {
    const simulator = await startStill();
    simulator.happen({ kind: 'capabilities.set', capabilities: [] });
    const { status, json } = await ask(simulator);
    expect([status, json.error.code, json.error.extra]).toEqual([
      403,
      '403.permissions',
      { capability: 'scoped-variables-view' },
    ]);
    simulator.happen({ kind: 'capabilities.set', capabilities: null });
    expect((await ask(simulator)).status).toBe(200);
  });
});

describe('hub activity', () => {
  it('tells who had what done and what became of it', async () => {
    const simulator = await startStill({ scenario: 'queue-full' });
    const id = containerId(simulator, 'redis');
    simulator.happen({ kind: 'container.reconfigure', id, message: 'port in use' });
    simulator.advance(30_000);
    const { data, includes } = (
      await platform(simulator, `/v1/hubs/current/activity?include=users&filter[container]=${id}`)
    ).json;
    expect(data[0]).toMatchObject({
      event: 'container.reconfigure',
      status: 'error',
      error: { message: 'port in use' },
      component: { id, type: 'container' },
      user: { type: 'account' },
    });
    expect(includes.users.accounts[data[0].user.id].name).toEqual({ first: 'Ada', last: 'Keller' });
  });

  it('is refused to a key without the capability', async () => {
    const simulator = await startStill();
    simulator.happen({ kind: 'capabilities.set', capabilities: ['scoped-variables-view'] });
    const { json } = await platform(simulator, '/v1/hubs/current/activity');
    expect(json.error.extra).toEqual({ capability: 'hubs-auditlog-view' });
  });
});
