import { afterEach, expect, it } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

let robots: TestRerobots;
afterEach(() => robots.stop());

it('opens and closes a user’s own robot by rules, which only their subject sees listed', async () => {
  robots = await startRerobots();
  const own = await robots.freeDeployment('user_provided');
  const frodo = { token: await robots.issueToken({ user: 'frodo' }) };
  const foreign = await robots.post(`/deployment/${await robots.freeDeployment()}/rule`, { cap: 'X' });
  expect([foreign.status, foreign.text]).toEqual([403, '']);
  expect((await robots.post(`/deployment/${own}/rule`, { cap: 'X' })).json.error_message).toBe(
    'unrecognized capability (`cap` field)',
  );
  expect((await robots.post(`/new/${own}`, {}, frodo)).status).toBe(403);
  const rule = { cap: 'CAP_INSTANTIATE', user: 'frodo' };
  const { rule_id } = (await robots.post(`/deployment/${own}/rule`, rule)).json;
  expect((await robots.get(`/deployment/${own}/rules`)).json.rules).toHaveLength(1);
  expect((await robots.get('/rules', frodo)).json.rules).toEqual([
    {
      id: rule_id,
      date_created: expect.any(String),
      user: 'frodo',
      wdeployment_id: own,
      capability: 'CAP_INSTANTIATE',
      param: null,
    },
  ]);
  expect((await robots.post(`/new/${own}`, {}, frodo)).json.success).toBe(true);
  expect((await robots.call('DELETE', `/deployment/${own}/rule/${rule_id}`, frodo)).status).toBe(403);
  expect((await robots.call('DELETE', `/deployment/${own}/rule/${rule_id}`)).status).toBe(200);
  expect((await robots.call('DELETE', `/deployment/${own}/rule/${rule_id}`)).status).toBe(404);
});

it('locks out by the owner only', async () => {
  robots = await startRerobots();
  const own = await robots.freeDeployment('user_provided');
  const token = await robots.issueToken({ user: 'frodo' });
  expect((await robots.post(`/deployment/${own}/lockout`, undefined, { token })).status).toBe(404);
  expect((await robots.post(`/deployment/${own}/lockout`)).status).toBe(200);
  expect((await robots.get(`/deployment/${own}`)).json.lockout).toBe(true);
  expect((await robots.post(`/new/${own}`)).status).toBe(400);
  await robots.call('DELETE', `/deployment/${own}/lockout`);
  expect((await robots.get(`/deployment/${own}`)).json).not.toHaveProperty('lockout');
});

it('lists an owner’s deployments and who is on them', async () => {
  robots = await startRerobots();
  const own = await robots.freeDeployment('user_provided');
  expect((await robots.get('/hardshare/list')).json).toMatchObject({
    wdeployments: [{ id: own, lockout: false, dissolved: null }],
    owner: 'cyclorama',
  });
  const id = await robots.readyInstance(own);
  expect((await robots.get('/hardshare/instances')).json).toMatchObject([{ id, status: 'READY', wdid: own }]);
  expect((await robots.post(`/hardshare/terminate/${id}`)).status).toBe(200);
  expect(await robots.status(id)).toBe('TERMINATING');
});

it('keeps CI projects and numbers their jobs (observed), or starts a build at once (documented)', async () => {
  robots = await startRerobots();
  const missing = await robots.post('/ci/new', { ns: 'p', repo_type: 'git', repo_branch: 'main' });
  expect([missing.status, missing.json.error_message]).toEqual([
    400,
    'request is missing required parameter: repo_url',
  ]);
  const body = { ns: 'p', repo_type: 'git', repo_branch: 'main', repo_url: 'https://example.org/x.git' };
  const { json } = await robots.post('/ci/new', body);
  expect(json).toEqual({ pid: expect.stringMatching(/^[\w-]{22}$/) });
  const job = `/ci/project/${json.pid}/job`;
  expect((await robots.post(job)).json.error_message).toBe('request is missing required parameters');
  expect((await robots.post(job, { branch: 'main', commit: 'abc' })).text).toBe('{"jid": 1}');
  expect((await robots.post(`${job}/1`, { do: 'restart' })).text).toBe('{"jid": 1}');
  expect((await robots.post(`${job}/999`, { do: 'restart' })).status).toBe(404);
  expect((await robots.get('/ci/projects')).json).toEqual({
    [json.pid]: { created: expect.any(String), repo_url: 'https://example.org/x.git' },
  });
  await robots.stop();
  robots = await startRerobots({ profile: 'documented' });
  expect((await robots.post('/ci/new', body)).json).toEqual({ pid: expect.any(String), jid: 1 });
});
