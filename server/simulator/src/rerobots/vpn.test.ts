import { afterEach, expect, it } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

let robots: TestRerobots;
afterEach(() => robots.stop());

it('takes seconds to make a client and lists it only to who made it (observed)', async () => {
  robots = await startRerobots();
  const id = await robots.readyInstance(await robots.freeDeployment(), { vpn: true });
  expect((await robots.get(`/vpn/${id}`)).text).toBe('{"status": "ready", "clients": []}');
  const before = robots.clock.now();
  const made = await robots.turningClock(robots.post(`/vpn/${id}`));
  expect(robots.clock.now() - before).toBeGreaterThanOrEqual(2_000);
  expect(Object.keys(made.json)).toEqual(['client_id', 'ovpn']);
  expect(made.json.ovpn).toMatch(/^client\n[\s\S]+BEGIN PRIVATE KEY/);
  const vpn = { status: 'ready', clients: [made.json.client_id] };
  expect((await robots.get(`/vpn/${id}`)).json).toEqual(vpn);
  expect((await robots.get(`/instance/${id}`)).json.vpn).toEqual(vpn);
  const token = await robots.issueToken({ user: 'frodo' });
  expect((await robots.get(`/vpn/${id}`, { token })).json.clients).toEqual([]);
});

it('says that there is none with 400 and refuses a client with 503 (observed)', async () => {
  robots = await startRerobots();
  const id = await robots.readyInstance(await robots.freeDeployment());
  const none = await robots.get(`/vpn/${id}`);
  expect([none.status, none.json]).toEqual([400, { error_message: 'instance does not have VPN' }]);
  const busy = await robots.turningClock(robots.post(`/vpn/${id}`));
  expect([busy.status, busy.json]).toEqual([
    503,
    { result_message: 'This instance is busy. Try again later.' },
  ]);
});

it('is nil, then preparing, then ready with every client as documented', async () => {
  robots = await startRerobots({ profile: 'documented' });
  const without = (await robots.post(`/new/${await robots.freeDeployment()}`)).json.id;
  expect((await robots.get(`/vpn/${without}`)).text).toBe('{"status": "nil"}');
  const { id } = (await robots.post(`/new/${await robots.freeDeployment()}`, { vpn: true })).json;
  expect((await robots.get(`/vpn/${id}`)).json).toEqual({ clients: [], status: 'preparing' });
  robots.clock.advance(40_000);
  const made = await robots.turningClock(robots.post(`/vpn/${id}`));
  const ready = (await robots.get(`/vpn/${id}`)).json;
  expect(ready.status).toBe('ready');
  expect(ready.clients).toHaveLength(2);
  expect(ready.clients).toContain(made.json.client_id);
});
