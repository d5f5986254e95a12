import { afterEach, expect, it } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

/** Given, so that no RSA pair has to be made. */
const KEY = 'ssh-ed25519 AAAA me';

let robots: TestRerobots;
afterEach(() => robots.stop());

it('turns a reservation into an instance with the same id once the deployment is free (observed)', async () => {
  robots = await startRerobots();
  const token = await robots.issueToken({ user: 'frodo' });
  const deployment = await robots.freeDeployment();
  const holder = await robots.readyInstance(deployment);
  const busy = await robots.post(`/new/${deployment}`, {}, { token });
  expect([busy.status, busy.text]).toEqual([
    503,
    '{"result_message": "All matching workspace deployments are busy. Try again later."}',
  ]);
  const { json } = await robots.post(
    `/new/${deployment}`,
    { reserve: true, vpn: true, keepalive: true, expire_d: 500 },
    { token },
  );
  expect(json).toEqual({ success: false, id: expect.any(String) });
  expect((await robots.get(`/queuelen/${deployment}`)).json).toEqual({ id: deployment, len: 2 });
  const { reservations } = (await robots.get('/reservations', { token })).json;
  expect(reservations).toEqual([
    {
      id: json.id,
      created: expect.stringMatching(/^2026-11-21 09:0\d UTC$/),
      desc: `wd:${deployment}`,
      user: 'frodo',
    },
  ]);
  expect((await robots.get('/reservations')).json).toEqual({ reservations: [] });
  expect((await robots.get(`/instance/${json.id}`, { token })).status).toBe(404);

  await robots.post(`/terminate/${holder}`);
  robots.clock.advance(11_000);
  const instance = (await robots.get(`/instance/${json.id}`, { token })).json;
  expect(instance).toMatchObject({
    id: json.id,
    status: 'INIT',
    rootuser: 'frodo',
    vpn: { status: 'ready' },
  });
  expect(instance.expires).toBeDefined();
  expect((await robots.get('/reservations', { token })).json).toEqual({ reservations: [] });
  expect((await robots.post(`/instance/${json.id}/ka`, {}, { token })).status).toBe(404);
});

it('lists a reservation until its instance exists, though the queue looks empty, and lets it be given up', async () => {
  robots = await startRerobots();
  const deployment = await robots.freeDeployment();
  const holder = await robots.readyInstance(deployment);
  const { id } = (await robots.post(`/new/${deployment}`, { reserve: true })).json;
  await robots.post(`/terminate/${holder}`);
  while ((await robots.status(holder)) !== 'TERMINATED') robots.clock.advance(100);
  expect((await robots.get(`/queuelen/${deployment}`)).json.len).toBe(0);
  expect((await robots.get('/reservations')).json.reservations).toHaveLength(1);
  expect((await robots.call('DELETE', `/reservation/${id}`)).text).toBe('');
  const gone = await robots.call('DELETE', `/reservation/${id}`);
  expect([gone.status, gone.json]).toEqual([404, { error_message: 'reservation not found' }]);
  robots.clock.advance(10_000);
  expect((await robots.get(`/instance/${id}`)).status).toBe(404);
  expect((await robots.get(`/queuelen/${deployment}`)).json.len).toBe(0);
});

it('refuses a reservation by type while all are busy (observed)', async () => {
  robots = await startRerobots();
  await robots.readyInstance(await robots.freeDeployment());
  await robots.readyInstance(await robots.freeDeployment());
  const answer = await robots.post('/new/basic_kobuki', { reserve: true });
  expect([answer.status, answer.json]).toEqual([
    404,
    { error: 'All feasible workspace deployments are busy' },
  ]);
});

it('queues for the first available of a type as documented', async () => {
  robots = await startRerobots({ profile: 'documented' });
  const first = await robots.freeDeployment();
  const holder = await robots.readyInstance(first, { sshkey: KEY });
  const other = await robots.freeDeployment();
  await robots.readyInstance(other, { sshkey: KEY });
  expect((await robots.post('/new/basic_kobuki')).status).toBe(503);
  const { json } = await robots.post('/new/basic_kobuki', { reserve: true });
  expect(json.success).toBe(false);
  expect((await robots.get('/reservations')).json.reservations).toEqual([
    { id: json.id, created: expect.any(String), desc: 'type basic_kobuki' },
  ]);
  for (const deployment of [first, other])
    expect((await robots.get(`/queuelen/${deployment}`)).json.len).toBe(2);
  await robots.post(`/terminate/${holder}`);
  robots.clock.advance(12_000);
  const instance = (await robots.get(`/instance/${json.id}`)).json;
  expect(instance).toMatchObject({ status: 'INIT', deployment: first });
  expect((await robots.get(`/queuelen/${other}`)).json.len).toBe(1);
});
