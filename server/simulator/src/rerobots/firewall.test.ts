import { afterEach, expect, it } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

let robots: TestRerobots;
afterEach(() => robots.stop());

it('appends rules in order, defaults to the bare caller address, and clears them (observed)', async () => {
  robots = await startRerobots();
  const { id } = (await robots.post(`/new/${await robots.freeDeployment()}`)).json;
  robots.clock.advance(2_000);
  expect((await robots.get(`/firewall/${id}`)).text).toBe('{"rules": null}');
  expect((await robots.post(`/firewall/${id}`)).status).toBe(200);
  robots.clock.advance(40_000);
  expect((await robots.get(`/firewall/${id}`)).json).toEqual({ rules: [] });

  await robots.post(`/firewall/${id}`);
  await robots.post(`/firewall/${id}`, { src: '10.1.2.0/24' });
  await robots.post(`/firewall/${id}`, { src: '999.1.1.1/99', action: 'DROP' });
  await robots.post(`/firewall/${id}`, { action: 'REJECT' }, { from: '203.0.113.9, 10.0.0.1' });
  expect((await robots.get(`/firewall/${id}`)).text).toBe(
    '{"rules": [["127.0.0.1", "ACCEPT"], ["10.1.2.0/24", "ACCEPT"], ["999.1.1.1/99", "DROP"], ["203.0.113.9, 10.0.0.1", "REJECT"]]}',
  );
  const token = await robots.issueToken({ user: 'frodo' });
  expect((await robots.call('DELETE', `/firewall/${id}`, { token })).text).toBe('');
  expect((await robots.get(`/firewall/${id}`)).json).toEqual({ rules: [] });
  await robots.post(`/terminate/${id}`);
  robots.clock.advance(10_000);
  const ended = await robots.get(`/firewall/${id}`);
  expect([ended.status, ended.json]).toEqual([400, { error_message: 'instance not active' }]);
});

it.each([
  [{ src: 5 }, 'value for option `src` has wrong type'],
  [{ src: 'abc' }, 'value for option `src` must be an IPv4 address or subnet in CIDR notation'],
  [{ src: '::1/128' }, 'value for option `src` must be an IPv4 address or subnet in CIDR notation'],
  [{ action: 'accept' }, 'value for option `action` not recognized'],
])('refuses %j', async (body, message) => {
  robots = await startRerobots();
  const id = await robots.readyInstance(await robots.freeDeployment());
  const answer = await robots.post(`/firewall/${id}`, body);
  expect([answer.status, answer.json.error_message]).toEqual([400, message]);
  expect((await robots.get(`/firewall/${id}`)).json.rules).toEqual([]);
});

it('writes the caller address as A/32 as documented', async () => {
  robots = await startRerobots({ profile: 'documented' });
  const id = await robots.readyInstance(await robots.freeDeployment());
  await robots.post(`/firewall/${id}`);
  expect((await robots.get(`/firewall/${id}`)).json).toEqual({ rules: [['127.0.0.1/32', 'ACCEPT']] });
});
