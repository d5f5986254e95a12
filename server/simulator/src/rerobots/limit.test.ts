import { afterEach, expect, it } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

let robots: TestRerobots;
afterEach(() => robots.stop());

const anonymous = { token: null, from: '10.9.9.9' };
const remaining = (answer: { headers: Record<string, unknown> }) => answer.headers['x-ratelimit-remaining'];

it('serves one more than 60 to an address, shows -1, then answers 403 with an empty body (observed)', async () => {
  robots = await startRerobots();
  const first = await robots.get('/workspaces', anonymous);
  expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '59' });
  expect(Number(first.headers['x-ratelimit-reset'])).toBe(robots.clock.now() / 1000 + 3600);
  for (let count = 0; count < 59; count++) await robots.get('/workspaces', anonymous);
  const extra = await robots.get('/workspaces', anonymous);
  expect([extra.status, remaining(extra)]).toEqual([200, '-1']);
  const over = await robots.get('/workspaces', anonymous);
  expect([over.status, over.text, over.headers['content-type']]).toEqual([403, '', 'application/json']);
  expect(remaining(over)).toBe('-1');
  const unknown = await robots.get('/nosuch', anonymous);
  expect([unknown.status, unknown.headers['content-type']]).toEqual([403, 'application/octet-stream']);
  const guarded = await robots.get('/instances', anonymous);
  expect([guarded.status, guarded.json.error_message]).toEqual([400, 'wrong authorization token']);
  expect((await robots.get('/workspaces', { token: null, from: '10.9.9.8' })).status).toBe(200);
  robots.clock.advance(3_600_000);
  expect(remaining(await robots.get('/workspaces', anonymous))).toBe('59');
});

it('serves exactly N as documented', async () => {
  robots = await startRerobots({ profile: 'documented' });
  for (let count = 0; count < 59; count++) await robots.get('/workspaces', anonymous);
  const last = await robots.get('/workspaces', anonymous);
  expect([last.status, remaining(last)]).toEqual([200, '0']);
  const over = await robots.get('/workspaces', anonymous);
  expect([over.status, over.text, remaining(over)]).toEqual([403, '', '0']);
});

it('counts 3600 for a token, apart from its address, and can be set by hand', async () => {
  robots = await startRerobots();
  const fresh = await robots.get('/');
  expect(fresh.headers).toMatchObject({ 'x-ratelimit-limit': '3600', 'x-ratelimit-remaining': '3599' });
  robots.happen({ kind: 'limit.set', remaining: 1 });
  expect(remaining(await robots.get('/instances'))).toBe('0');
  expect((await robots.get('/instances')).status).toBe(200);
  const over = await robots.get('/instances');
  expect([over.status, over.text, remaining(over)]).toEqual([403, '', '-1']);
  const launch = await robots.post('/new/null');
  expect([launch.status, launch.headers['content-type']]).toEqual([403, 'application/octet-stream']);
});
