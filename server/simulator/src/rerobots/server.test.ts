import { afterEach, expect, it } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

let robots: TestRerobots;
afterEach(() => robots.stop());

const corsHeaders = (headers: object) =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

it.each(['HEAD', 'POST'])('refuses %s / with the framework’s 405, without CORS headers', async (method) => {
  robots = await startRerobots();
  const { status, headers, text } = await robots.call(method, '/', { token: null });
  expect([status, text]).toEqual([405, method === 'HEAD' ? '' : '405: Method Not Allowed']);
  expect(headers).toMatchObject({ allow: 'GET', server: 'Python/3.11 aiohttp/3.8.4' });
  expect(corsHeaders(headers)).toEqual([]);
});

it('has no CORS headers on an unhandled exception either, and has them on every answer of its own', async () => {
  robots = await startRerobots();
  const broken = await robots.call('POST', `/new/${await robots.freeDeployment()}`, { raw: '{"vpn": ' });
  expect([broken.status, corsHeaders(broken.headers)]).toEqual([500, []]);
  for (const path of ['/', '/nosuch', '/instances'])
    expect(corsHeaders((await robots.get(path)).headers)).toEqual([
      'access-control-allow-credentials',
      'access-control-allow-methods',
      'access-control-allow-origin',
    ]);
  const preflight = await robots.call('OPTIONS', '/instances', { token: null });
  expect(corsHeaders(preflight.headers)).toHaveLength(4);
});
